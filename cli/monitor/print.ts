import type { DriftedItem, LiveCheck, MonitorResult, UpdateResult } from '../../decisions/index.ts';
import { number, pairs, share, table } from '../tables.ts';

/** Drifted items that people are shown. */
const SHOWN = 15;

/** What monitoring found, for people. */
export async function printMonitoring(result: MonitorResult): Promise<string> {
  const { drift, scores } = result;
  const { forecast, actual } = scores.units;
  const coverage = scores.coverage.find(({ level }) => level === 0.8) ?? scores.coverage[0];
  return [
    `Run ${result.run}, ${result.method}: ${result.periods} ${result.periodLength}${result.periods > 1 ? 's' : ''} of newer sales, ${result.from} to ${result.to}`,
    '',
    pairs([
      [
        'sold',
        `${number(actual, 0)} units, of ${number(forecast, 0)} forecast: bias ${signedShare(scores.bias.value)} ${between(scores.bias.ci90)}`,
      ],
      ['tracking signal', `${number(scores.trackingSignal, 1)} (beyond 4 it leans to one side)`],
      [
        `within ${100 * coverage.level} %`,
        `${share(coverage.share)} ${between(coverage.ci90)}; ${share(coverage.expected)} if the forecasts were right`,
      ],
      ['CRPS', `${number(scores.crps.forecast, 3)} of sales; the naive forecast ${number(scores.crps.naive, 3)}`],
      ['cost', costLine(result)],
      ['drift', driftLine(drift)],
    ]),
    '',
    ...(drift.items.length > 0 ? [await itemTable(drift.items), ''] : []),
    ...unknownLine(result),
    ...result.reasons.map((reason) => `- ${reason}`),
    '',
    advice(result),
    ...updateLines(result.update),
  ].join('\n');
}

function costLine({ cost }: LiveCheck): string {
  if (cost.entries === 0) return 'nothing was promised for these periods';
  const percent = Number.isNaN(cost.difference.value) ? '' : `: ${signedShare(cost.difference.value)} ${between(cost.difference.ci90)}`;
  return `${number(cost.live, 2)}, promised ${number(cost.promised, 2)}${percent}`;
}

function driftLine({ alarm, evidence, rate }: LiveCheck['drift']): string {
  const found = `evidence ${evidence >= 1e4 ? evidence.toExponential(0).replace('e+', 'e') : number(evidence, 1)}`;
  const limit = `${number(1 / rate, 0)} is an alarm, which comes in at most ${number(100 * rate, 0)} of 100 lines that never drift`;
  return alarm === null ? `none shown: ${found}; ${limit}` : `alarm with the sales of ${alarm}: ${found}; ${limit}`;
}

async function itemTable(items: readonly DriftedItem[]): Promise<string> {
  const shown = await table(
    ['item', 'since', 'sells', 'forecast', 'sold', 'times', 'what to do', ''].map((title, k) => ({
      title,
      align: k > 2 && k < 6 ? 'right' : 'left',
    })),
    items
      .slice(0, SHOWN)
      .map(({ item, since, kind, forecast, actual, action, outOfStock, silent, description }) => [
        item,
        since,
        kind === 'wilder' ? 'more wildly' : kind,
        number(forecast, 0),
        number(actual, 0),
        forecast > 0 ? number(actual / forecast, 2) : '-',
        outOfStock ? 'restock' : silent ? 'look: sells nothing' : action,
        description.slice(0, 40),
      ]),
  );
  return items.length > SHOWN ? `${shown}\n${items.length - SHOWN} more: --json has them all` : shown;
}

function unknownLine({ unknownItems }: MonitorResult): string[] {
  if (unknownItems.length === 0) return [];
  const units = unknownItems.reduce((sum, one) => sum + one.units, 0);
  return [`- ${unknownItems.length} items of the file have no forecast (${number(units, 0)} units): recommend again to take them in`];
}

function advice({ action, update, run }: MonitorResult): string {
  if (update?.promoted)
    return `Promoted: run ${update.promoted} takes the place of ${run}, which is kept (monitor --run ${run} --roll-back undoes it).`;
  if (action === 'nothing') return 'Nothing to do.';
  if (action === 'refit') return 'What to do: refit. Recommend again from the newer sales, or let monitor --update do it.';
  return 'What to do: retrain. Compare methods on the newer sales (forecast backtest), or let monitor --update try others.';
}

function updateLines(update: UpdateResult | null): string[] {
  if (update === null) return [];
  const methods = update.challenge?.methods ?? [];
  return [
    '',
    `Update: ${update.reason}`,
    ...methods.map(({ name, wape, crps }) => `  ${name}: WAPE ${number(wape, 4)}, CRPS ${number(crps, 4)}`),
  ];
}

function signedShare(value: number): string {
  return `${value >= 0 ? '+' : ''}${(100 * value).toFixed(1)} %`;
}

function between([low, high]: readonly [number, number]): string {
  return `[${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
}
