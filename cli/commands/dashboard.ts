import { defineCommand } from '../command.ts';
import { wholeNumber } from '../options.ts';

export const listenOptions = {
  port: wholeNumber({ name: 'port', default: 0, least: 0, most: 65_535, describe: 'Port to serve on; 0 for any free one' }),
  host: {
    type: 'string',
    requiresArg: true,
    default: '127.0.0.1',
    describe: 'Address to listen on; other than loopback, a token is needed',
  },
} as const;

export const dashboard = defineCommand({
  name: 'dashboard',
  describe: 'Watch policies on the same demand, in a browser',
  words: { scenario: { type: 'string', default: 'lost-sales', describe: 'The preset to watch first' } },
  options: {
    ...listenOptions,
    periods: wholeNumber({ name: 'periods', default: 200, least: 1, most: 5000, describe: 'Periods to watch' }),
  },
  example: 'dashboard lost-sales --port 8080',
  run: async ({ scenario, port, host, periods, seed }, { output, stayUp }) => {
    const { laboratorySource, startDashboard } = await import('../../dashboard/index.ts');
    const { readScenarioDocument } = await import('../../scenarios/index.ts');
    const { baselines, solver } = await readScenarioDocument(scenario);
    const policies = [...(solver === null ? [] : ['optimal']), ...baselines].slice(0, 2);
    const { url, close } = await startDashboard({
      source: await laboratorySource({ onMessage: output.log }),
      start: { scenario, set: {}, policies, seed, periods, lane: 0, played: 0, play: false, speed: 4 },
      port,
      host,
      log: output.log,
    });
    stayUp(close);
    return { url };
  },
  print: ({ url }) => `Dashboard: ${url}\nCtrl-C ends it.`,
});
