import type { Sweep, VariantComparison } from '../experiments/index.ts';
import { type Column, decimalsFor, interval, number, table } from './tables.ts';

const BARS = '▁▂▃▄▅▆▇█';

/** One row for each variant, one column for each policy, the cheapest marked; below, how each policy's cost runs. */
export async function sensitivityTable({ results }: Pick<VariantComparison, 'results'>, sweep: Sweep): Promise<string> {
  const { across, values, panels, policies } = sweep;
  const decimals = decimalsFor(Math.max(...results.map(({ costPerPeriod }) => Math.abs(costPerPeriod))));
  const held = Object.keys(panels[0]);
  const columns: Column[] = [...held, across, ...policies].map((title) => ({ title }));
  const rows = panels.flatMap((panel, p) =>
    values.map((value, n) => {
      const here = sweep.results[p].map((policy) => policy[n]);
      const least = Math.min(...here.map((result) => result?.costPerPeriod ?? Number.POSITIVE_INFINITY));
      const cells = here.map((result) => {
        if (result === null) return '-';
        const { costPerPeriod, ci95 } = result;
        return `${interval(costPerPeriod, ci95, decimals)}${policies.length > 1 ? (costPerPeriod === least ? ' *' : '  ') : ''}`;
      });
      return [...held.map((name) => panel[name]), value, ...cells];
    }),
  );
  const lines = [await table(columns, rows)];
  if (policies.length > 1) lines.push('* the cheapest of the row');
  return values.length < 3 ? lines.join('\n') : [...lines, '', await courses(sweep, decimals)].join('\n');
}

/** Small bars from the least to the largest cost of the same panel: where a cost rises, and which policy's rises faster. */
function courses({ across, values, panels, policies, results }: Sweep, decimals: number): Promise<string> {
  const rows = panels.flatMap((panel, p) => {
    const costs = results[p].flat().flatMap((result) => (result === null ? [] : [result.costPerPeriod]));
    const [low, high] = [Math.min(...costs), Math.max(...costs)];
    const bar = (cost: number) => BARS[Math.min(BARS.length - 1, Math.floor((BARS.length * (cost - low)) / (high - low || 1)))];
    return policies.map((policy, k) => {
      const course = results[p][k];
      const [first, last] = [course[0], course[course.length - 1]];
      const bars = course.map((result) => (result === null ? ' ' : bar(result.costPerPeriod))).join('');
      const ends = `${number(first?.costPerPeriod, decimals)} to ${number(last?.costPerPeriod, decimals)}`;
      return [...Object.values(panel), policy, bars, ends];
    });
  });
  const left = 'left' as const;
  const columns = [
    ...Object.keys(panels[0]).map((title) => ({ title })),
    { title: 'policy', align: left },
    { title: `${across} ${values[0]} to ${values[values.length - 1]}`, align: left },
    { title: 'cost per period', align: left },
  ];
  return table(columns, rows);
}
