import { solveExact, type UniversalNetwork, universal } from '../../agents/index.ts';
import { evaluate } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';
import { mean, SEED } from './family-items.ts';

/** Zipkin's cells: gap to the exact optimum. */
export async function cells({
  network,
  ...size
}: {
  readonly network: UniversalNetwork;
  readonly lanes: number;
  readonly periods: number;
}) {
  const policy = universal({ networks: [network] });
  const rows = [];
  for (const demand of ['poisson', 'geometric'])
    for (const leadTime of [1, 2, 3, 4])
      for (const shortageCost of [4, 9, 19, 39]) {
        const set = [`demand=${demand}`, `leadTime=${leadTime}`, `shortageCost=${shortageCost}`];
        const { scenario } = await loadScenario('lost-sales', { set });
        const optimum = solveExact(scenario);
        const [{ gapPercent, gapCi95 }] = evaluate({ scenario, policies: [policy], ...size, seed: SEED, optimum }).results;
        rows.push({ demand, leadTime, shortageCost, gapPercent, gapCi95 });
        console.error(`${demand} L=${leadTime} p=${shortageCost}: ${gapPercent?.toFixed(3)} %`);
      }
  const gaps = rows.map(({ gapPercent = Number.NaN }) => gapPercent);
  return { mean: mean(gaps), worst: Math.max(...gaps), rows };
}
