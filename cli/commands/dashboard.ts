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
  words: { scenario: { type: 'string', default: 'lost-sales', describe: 'The preset, or YAML file, to watch first' } },
  options: {
    ...listenOptions,
    follow: { type: 'string', requiresArg: true, describe: 'A run whose training to show first, as it goes on' },
    periods: wholeNumber({ name: 'periods', default: 200, least: 1, most: 5000, describe: 'Periods to watch' }),
  },
  example: 'dashboard lost-sales --port 8080',
  run: async ({ scenario, port, host, periods, follow, seed }, { output, stayUp }) => {
    const { firstWatch, laboratorySource, ProcessWorkshop, startDashboard, systemClock } = await import('../../dashboard/index.ts');
    if (follow !== undefined) await (await import('../../experiments/index.ts')).readRun(follow);
    const workshop = new ProcessWorkshop(systemClock);
    const source = await laboratorySource({ file: scenario, workshop });
    const { url, close } = await startDashboard({
      source,
      start: { ...(await firstWatch(source, scenario)), seed, periods, play: false },
      follow,
      port,
      host,
      log: output.log,
    });
    stayUp(async () => {
      workshop.close();
      await close();
    });
    return { url };
  },
  print: ({ url }) => `Dashboard: ${url}\nCtrl-C ends it.`,
});
