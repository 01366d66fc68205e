import type { Arc, Node } from './network.ts';
import { type Link, type Scenario, SUPPLIER } from './scenario.ts';
import { UserError } from './user-error.ts';

/**
 * Refuses a scenario whose ids, links and demands do not fit together.
 * @throws UserError naming the field, its value and what was expected
 */
export function checkShape({ items, locations, links, demand, periods }: Scenario): void {
  if (periods !== null && !(Number.isInteger(periods) && periods > 0)) {
    throw new UserError(`periods: ${periods}; expected a whole number of periods, 1 or more, or null for a scenario that goes on for ever`);
  }
  const places = checkIds('locations', locations);
  const goods = checkIds('items', items);
  if (places.has(SUPPLIER))
    throw new UserError(`locations.${SUPPLIER}: this name stands for the outside source; give the location another`);
  links.forEach(({ from, to }, k) => {
    if (from !== SUPPLIER) checkName(places, from, `links.${k}.from`, [SUPPLIER]);
    checkName(places, to, `links.${k}.to`);
  });
  checkReach(places, links);
  const taken = new Set<string>();
  demand.forEach(({ location, item }, k) => {
    checkName(places, location, `demand.${k}.location`);
    if (item !== undefined) checkName(goods, item, `demand.${k}.item`);
    else if (items.length > 1) throw new UserError(`demand.${k}.item: missing; expected one of ${[...goods].join(', ')}`);
    const key = `${location} ${item ?? items[0].id}`;
    if (taken.has(key))
      throw new UserError(`demand.${k}: a second demand for "${item ?? items[0].id}" at "${location}"; expected one: leave this out`);
    taken.add(key);
  });
}

function checkIds(field: string, entries: readonly { readonly id: string }[]): Set<string> {
  const ids = new Set(entries.map(({ id }) => id));
  if (ids.size === 0) throw new UserError(`${field}: none; expected at least one`);
  const twice = entries.find(({ id }, k) => entries.length > ids.size && entries.findIndex((other) => other.id === id) < k);
  if (twice) throw new UserError(`${field}: "${twice.id}" twice; expected different ids: rename one`);
  return ids;
}

function checkName(known: ReadonlySet<string>, id: string, path: string, also: readonly string[] = []): void {
  if (!known.has(id)) throw new UserError(`${path}: "${id}"; expected one of ${[...also, ...known].join(', ')}`);
}

function checkReach(places: ReadonlySet<string>, links: readonly Link[]): void {
  const customers = new Map<string, string[]>();
  for (const { from, to } of links) customers.set(from, [...(customers.get(from) ?? []), to]);
  const reached = new Set<string>();
  const next = [SUPPLIER];
  for (let from = next.pop(); from !== undefined; from = next.pop()) {
    for (const to of customers.get(from) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      next.push(to);
    }
  }
  const cut = [...places].find((place) => !reached.has(place));
  if (cut === undefined) return;
  const suppliers = links.filter(({ to }) => to === cut).map(({ from }) => from);
  if (suppliers.length > 0) throw circle([cut, ...suppliers]);
  throw new UserError(`locations.${cut}: no link leads to it; expected a path from ${SUPPLIER}: add a link to it`);
}

/**
 * Nodes from the sources down: a sender comes before its customers.
 * @throws UserError where there is none
 */
export function topologicalOrder(nodes: readonly Node[], arcs: readonly Arc[]): number[] {
  const waitingFor = nodes.map((node) => node.inbound.filter((arc) => arcs[arc].from >= 0).length);
  const order = nodes.flatMap((_, n) => (waitingFor[n] === 0 ? [n] : []));
  for (let k = 0; k < order.length; k++) {
    for (const arc of nodes[order[k]].outbound) {
      if (--waitingFor[arcs[arc].to] === 0) order.push(arcs[arc].to);
    }
  }
  if (order.length < nodes.length) throw circle(nodes.filter((_, n) => waitingFor[n] > 0).map(({ location }) => location));
  return order;
}

function circle(among: readonly string[]): UserError {
  const names = [...new Set(among)].join(', ');
  return new UserError(
    `links: ${names} supply each other in a circle; expected every path to lead from the sources down: take one link out`,
  );
}

/** Each link's id: its own, or `from>to`, numbered from the second one on. */
export function linkIds(links: readonly Link[]): string[] {
  const count = new Map<string, number>();
  const ids = links.map(({ id, from, to }) => {
    const name = id ?? `${from}>${to}`;
    const times = (count.get(name) ?? 0) + 1;
    count.set(name, times);
    if (times > 1 && id !== undefined) throw new UserError(`links: the id "${id}" twice; expected different ids: rename one`);
    return times > 1 ? `${name}#${times}` : name;
  });
  return ids;
}
