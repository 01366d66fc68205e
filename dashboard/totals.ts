import type { Frame, PolicyTotals } from './protocol.ts';

/** What each policy has come to over the given frames: the page's table and the server's `end` are this same sum. */
export function totalsOf(frames: readonly Frame[], policies: number): PolicyTotals[] {
  let demand = 0;
  for (const frame of frames) demand += frame.demand;
  return Array.from({ length: policies }, (_, k) => {
    let served = 0;
    for (const frame of frames) served += frame.policies[k].served;
    const totalCost = frames.length > 0 ? frames[frames.length - 1].policies[k].totalCost : 0;
    return {
      totalCost,
      costPerPeriod: frames.length > 0 ? totalCost / frames.length : 0,
      fillRate: demand > 0 ? served / demand : null,
    };
  });
}
