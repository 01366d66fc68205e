import type { Arc, Network } from './network.ts';

/** What a sender can give and what its customers want, in one period. Arrays are [arc][lane] or [node][lane], in units. */
interface Sharing {
  readonly network: Network;
  /** Orders that the arcs take. */
  readonly wanted: Float64Array;
  readonly onHand: Float64Array;
  readonly onOrder: Float64Array;
  readonly backlog: Float64Array;
  /** To other nodes. */
  readonly owed: Float64Array;
  /** Written: what is sent. */
  readonly shipped: Float64Array;
  /** Written: what is wanted and not sent. */
  readonly shortShipped: Float64Array;
}

/**
 * Ships a sender's orders out of its stock; where that is too little, by its rule. Whole orders are shared in whole units, and no unit twice.
 * `limits` [lane], where given, is the most that it can ship.
 */
export function shareStock(sharing: Sharing, sender: number, limits?: Float64Array): void {
  const { network, wanted, onHand, shipped, shortShipped } = sharing;
  const { lanes } = network;
  const { outbound } = network.nodes[sender];
  for (let lane = 0; lane < lanes; lane++) {
    let asked = 0;
    for (let k = 0; k < outbound.length; k++) asked += wanted[outbound[k] * lanes + lane];
    const stock = onHand[sender * lanes + lane];
    const most = limits === undefined || limits[lane] > stock ? stock : limits[lane];
    if (asked <= most) {
      onHand[sender * lanes + lane] = stock - asked;
      continue;
    }
    let left = stock;
    shareShortage(sharing, sender, lane, { stock: most, asked });
    for (let k = 0; k < outbound.length; k++) {
      const i = outbound[k] * lanes + lane;
      shortShipped[i] = wanted[i] - shipped[i];
      left -= shipped[i];
    }
    onHand[sender * lanes + lane] = Math.max(0, left);
  }
}

function shareShortage(sharing: Sharing, sender: number, lane: number, { stock, asked }: { stock: number; asked: number }): void {
  const { outbound, allocation } = sharing.network.nodes[sender];
  if (allocation === 'priority') shareByPriority(sharing, outbound, lane, stock);
  else if (allocation === 'fair-share') shareFairly(sharing, outbound, lane, stock);
  else shareInProportion(sharing, outbound, lane, { stock, asked });
}

function shareInProportion(
  { network: { lanes }, wanted, shipped }: Sharing,
  outbound: readonly number[],
  lane: number,
  { stock, asked }: { stock: number; asked: number },
): void {
  const whole = allWhole(wanted, outbound, lane, lanes);
  for (const a of outbound) {
    const i = a * lanes + lane;
    const share = asked > 0 ? (stock * wanted[i]) / asked : 0;
    const sent = Math.min(wanted[i], stock, whole ? Math.round(share) : share);
    asked -= wanted[i];
    stock -= sent;
    shipped[i] = sent;
  }
}

function shareByPriority({ network: { lanes }, wanted, shipped }: Sharing, outbound: readonly number[], lane: number, stock: number): void {
  let left = stock;
  for (const a of outbound) {
    const i = a * lanes + lane;
    shipped[i] = Math.min(wanted[i], left);
    left -= shipped[i];
  }
}

/** Raises the lowest positions first: the level is found to which the stock lifts them all, each by no more than its order. */
function shareFairly(sharing: Sharing, outbound: readonly number[], lane: number, stock: number): void {
  const { network, wanted, shipped } = sharing;
  const { lanes, arcs } = network;
  const whole = allWhole(wanted, outbound, lane, lanes);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const a of outbound) {
    const position = positionOf(sharing, arcs[a], lane);
    low = Math.min(low, position);
    high = Math.max(high, position + wanted[a * lanes + lane]);
  }
  if (whole) low = Math.floor(low);
  for (let round = 0; round < 100 && (whole ? high - low > 1 : high - low > 1e-12 * (1 + Math.abs(high))); round++) {
    const middle = whole ? Math.floor((low + high) / 2) : (low + high) / 2;
    if (neededFor(sharing, outbound, lane, middle) <= stock) low = middle;
    else high = middle;
  }
  let left = stock;
  for (const a of outbound) {
    const i = a * lanes + lane;
    const lift = clamp(low - positionOf(sharing, arcs[a], lane), wanted[i]);
    shipped[i] = Math.min(whole ? Math.floor(lift) : lift, left);
    left -= shipped[i];
  }
  for (let k = 0; whole && left >= 1 && k < outbound.length; k++) {
    const i = outbound[k] * lanes + lane;
    if (shipped[i] >= wanted[i] || positionOf(sharing, arcs[outbound[k]], lane) + shipped[i] > low) continue;
    shipped[i]++;
    left--;
  }
}

function neededFor(sharing: Sharing, outbound: readonly number[], lane: number, level: number): number {
  const { network, wanted } = sharing;
  let needed = 0;
  for (const a of outbound) needed += clamp(level - positionOf(sharing, network.arcs[a], lane), wanted[a * network.lanes + lane]);
  return needed;
}

function positionOf({ network: { lanes }, onHand, onOrder, backlog, owed }: Sharing, { to }: Arc, lane: number): number {
  const i = to * lanes + lane;
  return onHand[i] + onOrder[i] - backlog[i] - owed[i];
}

function clamp(value: number, most: number): number {
  return value < 0 ? 0 : value > most ? most : value;
}

function allWhole(wanted: Float64Array, outbound: readonly number[], lane: number, lanes: number): boolean {
  for (const a of outbound) if (!Number.isInteger(wanted[a * lanes + lane])) return false;
  return true;
}
