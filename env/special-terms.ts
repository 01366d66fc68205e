import { takesAnyOrder } from './link-rules.ts';
import type { Network } from './network.ts';

/**
 * What of a network goes beyond stock that keeps and links that take any order and deliver it whole after a known time, in words. A method that reads
 * costs and lead times only must refuse a network with any.
 */
export function specialTerms({ nodes, arcs, places, scenario }: Network): string[] {
  return [
    ...nodes.flatMap(({ item, life }) => (life ? [`"${item}" has a shelf life`] : [])),
    ...places.map(({ id }) => `"${id}" has a limited capacity`),
    ...nodes.flatMap(({ id, owes }) => (owes ? [`"${id}" owes what it cannot ship`] : [])),
    ...nodes.flatMap(({ id, owes, chargesShortShipped }) => (chargesShortShipped && !owes ? [`"${id}" pays for what it cannot ship`] : [])),
    ...nodes.flatMap(({ id, shipCapacity }) => (shipCapacity ? [`"${id}" can ship only so much`] : [])),
    ...arcs.flatMap((arc) => [
      ...(arc.randomLeadTime ? [`the lead time of ${arc.id} is random`] : []),
      ...(arc.yield ? [`the yield of ${arc.id} is random`] : []),
      ...(arc.lostOrders ? [`orders on ${arc.id} can be lost`] : []),
      ...(arc.disruptions ? [`${arc.id} can be down`] : []),
      ...(arc.orderDelay.some((periods) => periods > 0) || arc.initialOrders.length > 0
        ? [`orders on ${arc.id} take time to reach the sender`]
        : []),
      ...(arc.initialPipeline.length > 0 ? [`${arc.id} has stock on the way when it starts`] : []),
      ...(arc.priceBreaks ? [`${arc.id} has quantity discounts`] : []),
      ...(takesAnyOrder({ ...arc, disruptions: null }) ? [] : [`${arc.id} does not take every order (minimum, batch or capacity)`]),
    ]),
    ...(scenario.periods !== null && nodes.some(({ salvageValue }) => salvageValue.some((value) => value > 0))
      ? ['stock left has a salvage value']
      : []),
  ];
}
