import type { Arc } from './network.ts';
import { laneValues, type PerLane } from './per-lane.ts';
import { readItemNumbers, readNumbers } from './read-numbers.ts';
import { type Link, SUPPLIER } from './scenario.ts';
import { UserError } from './user-error.ts';

interface Field {
  readonly path: string;
  readonly represents: Int32Array;
}

/** How long orders are in the post: from the outside source, which ships at once, that is a part of the lead time. */
export function readOrderDelay(
  { from, leadTime, orderDelay }: Link,
  { path, represents }: Field,
): { readonly orderDelay: Int32Array; readonly fullLeadTime: Link['leadTime'] } {
  const expected = 'a whole number of periods, 0 or more';
  const delay = Int32Array.from(readNumbers(orderDelay ?? 0, { path: `${path}.orderDelay`, represents, whole: true, expected }));
  if (from !== SUPPLIER || delay.every((periods) => periods === 0)) return { orderDelay: delay, fullLeadTime: leadTime };
  return { orderDelay: new Int32Array(delay.length), fullLeadTime: later(leadTime, orderDelay ?? 0, path) };
}

function later(leadTime: Link['leadTime'], delay: PerLane, path: string): Link['leadTime'] {
  if (typeof leadTime === 'object' && 'probabilities' in leadTime) {
    if (typeof delay !== 'number')
      throw new UserError(`${path}.orderDelay: one per lane; expected one number where the lead time is drawn`);
    return { ...leadTime, values: leadTime.values.map((value) => value + delay) };
  }
  if (typeof delay === 'number' && typeof leadTime === 'number') return leadTime + delay;
  const length = (typeof leadTime === 'number' ? 1 : leadTime.length) * (typeof delay === 'number' ? 1 : delay.length);
  const lanes = Int32Array.from({ length }, (_, lane) => lane);
  const delays = laneValues(delay, lanes);
  return laneValues(leadTime, lanes).map((periods, lane) => periods + delays[lane]);
}

/**
 * What is on the way, as goods and as orders, when a lane starts.
 * @throws UserError where goods would be received later than an order of the first period
 */
export function readInitialOrders(
  { initialPipeline = [], initialOrders = [] }: Link,
  { path, represents, item, leadTime }: Field & { readonly item: string; readonly leadTime: Pick<Arc, 'randomLeadTime' | 'minLeadTime'> },
): Pick<Arc, 'initialPipeline' | 'initialOrders'> {
  const most = leadTime.randomLeadTime ? 0 : Math.max(0, leadTime.minLeadTime - 1);
  if (initialPipeline.length > most) {
    const why = leadTime.randomLeadTime ? 'the lead time is drawn' : `the lead time is ${leadTime.minLeadTime}`;
    throw new UserError(
      `${path}.initialPipeline: ${initialPipeline.length} quantities; expected at most ${most}, because ${why}: list what is shipped later in initialOrders`,
    );
  }
  const read = (quantities: NonNullable<Link['initialOrders']>, field: string) =>
    quantities.map((units, k) => readItemNumbers(units, { path: `${path}.${field}.${k}`, item, represents }));
  return { initialPipeline: read(initialPipeline, 'initialPipeline'), initialOrders: read(initialOrders, 'initialOrders') };
}
