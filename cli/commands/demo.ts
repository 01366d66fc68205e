import { availableParallelism } from 'node:os';
import type { Demonstration, DemoResult, TrainProgress } from '../../experiments/index.ts';
import { defineCommand } from '../command.ts';
import { evaluationTable } from '../evaluation-table.ts';
import { realNumber } from '../options.ts';
import type { Session } from '../session.ts';
import { number, pairs } from '../tables.ts';
import { listenOptions } from './dashboard.ts';

export const demo = defineCommand({
  name: 'demo',
  describe: 'The whole of it on real sales: forecast, train, compare, watch',
  words: {},
  options: {
    seconds: realNumber({ name: 'seconds', least: 1, describe: 'How long to train; 60 unless given' }),
    dashboard: { type: 'boolean', default: true, describe: 'Serve the dashboard afterwards; --no-dashboard ends instead' },
    ...listenOptions,
  },
  example: 'demo --seconds 60',
  run: async ({ seconds, dashboard, port, host, seed }, session) => {
    const { demo } = await import('../../experiments/index.ts');
    const { output } = session;
    if (dashboard) await (await import('../../dashboard/index.ts')).checkListen({ port, host });
    const progress = await output.progress('Training');
    let demonstration: Demonstration;
    try {
      demonstration = await demo({
        seconds,
        seed,
        cores: availableParallelism(),
        signal: session.signal(),
        onMessage: output.log,
        onTraining: (reached, baselines) => progress.update(reached.part, describe(reached, baselines)),
      });
    } finally {
      progress.end();
    }
    const url = dashboard ? { url: await watch(demonstration, { port, host, seed }, session) } : {};
    return { ...demonstration.result, ...url };
  },
  print: async (result) => `${await report(result)}\n${result.url === undefined ? '' : `\nDashboard: ${result.url}\nCtrl-C ends it.`}`,
});

/** Serves the demonstration: the trained policy beside the first baseline, for the item that sells most. */
async function watch(
  { loaded, policies }: Demonstration,
  { port, host, seed }: { readonly port: number; readonly host: string; readonly seed: number },
  { output, stayUp }: Session,
): Promise<string> {
  const { laboratorySource, ProcessWorkshop, startDashboard, systemClock } = await import('../../dashboard/index.ts');
  const specs = [...policies.keys()].slice(0, 2);
  const means = Array.from(loaded.catalogue?.meanDemand ?? [0]);
  const lane = means.indexOf(Math.max(...means));
  const workshop = new ProcessWorkshop(systemClock);
  const { url, close } = await startDashboard({
    source: await laboratorySource({ ready: { loaded, policies }, workshop }),
    start: { scenario: loaded.document.id, set: {}, policies: specs, seed, periods: 104, lane, played: 0, play: true, speed: 4 },
    port,
    host,
    log: output.log,
  });
  stayUp(async () => {
    workshop.close();
    await close();
  });
  return url;
}

function describe({ last, stepsPerSecond }: TrainProgress, baselines: Readonly<Record<string, number>>): string {
  const cost = last === null ? '' : `cost ${number(last.costPerPeriod)} against `;
  const others = Object.entries(baselines).map(([name, value]) => `${name} ${number(value)}`);
  return `${cost}${others.join(', ')} | ${Math.round(stepsPerSecond).toLocaleString('en-US')} steps a second`;
}

async function report({ data, embedder, forecast, train, simulated, heldOut, timings }: DemoResult): Promise<string> {
  const { embedded, naive, movingAverage } = forecast.wape;
  const spent = Object.entries(timings).map(([step, seconds]) => `${step} ${seconds.toFixed(1)} s`);
  const facts = pairs([
    ['data', `${data.items} items, ${data.weeks} weeks, the last ${data.heldOutWeeks} held out`],
    ['source', data.source],
    ['descriptions', `read by ${embedder}`],
    ['forecast error', `${number(embedded)} WAPE; naive ${number(naive)}, moving average ${number(movingAverage)}`],
    [
      'training',
      `${train.agent} on ${train.backend}: ${train.steps.toLocaleString('en-US')} steps in ${train.seconds.toFixed(1)} s, run ${train.run}`,
    ],
    ['time', spent.join(', ')],
  ]);
  return [
    facts,
    `\nOn simulated demand, cost per item and week (${simulated.lanes} lanes, ${simulated.periods} weeks)`,
    await evaluationTable(simulated),
    `\nOn the ${data.heldOutWeeks} held-out weeks as they happened, cost per item and week`,
    await evaluationTable(heldOut),
  ].join('\n');
}
