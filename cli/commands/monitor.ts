import type { MonitorResult, RollBackResult, WatchedFile, WatchOptions } from '../../decisions/index.ts';
import { UserError } from '../../env/index.ts';
import { defineCommand } from '../command.ts';
import { printMonitoring } from '../monitor/print.ts';
import { realNumber } from '../options.ts';
import { exitCode } from '../run-command.ts';
import type { Session } from '../session.ts';
import { dataOptions, methodName, newerOptions, newerSettings } from './forecast/data.ts';

const { notes, promotions } = dataOptions;

type Watched = { readonly run: string; readonly files: readonly WatchedFile[] };

export const monitor = defineCommand({
  name: 'monitor',
  describe: 'Hold newer sales against the forecasts and costs of a recommendation; exit code 3 when something is to be done',
  words: {},
  options: {
    run: { type: 'string', requiresArg: true, describe: 'A recommendation as runs list shows it; what took its place is monitored' },
    ...newerOptions,
    stock: { type: 'string', requiresArg: true, describe: 'Table with item,onHand[,onOrder,due]: tells no sales from no stock' },
    ...{ notes, promotions },
    'false-alarms': realNumber({
      name: 'false-alarms',
      least: 0.0001,
      most: 0.5,
      describe: 'The most often that drift is told where there is none; 0.05 unless given',
    }),
    trust: { type: 'boolean', default: false, describe: 'Take sales that look like those of another business, unit or half a file' },
    update: { type: 'boolean', default: false, describe: 'Fit anew, compare both on the newest periods, and promote the better one' },
    challenger: {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [],
      describe: "With --update: a method to try besides the run's own; repeatable",
      coerce: (given: string | readonly string[]): readonly string[] => [given].flat(),
    },
    watch: { type: 'string', requiresArg: true, describe: 'A folder: --update with each file of sales that arrives there, until Ctrl-C' },
    'roll-back': { type: 'boolean', default: false, describe: 'Give the run its place back that the one in place was promoted over' },
    why: { type: 'string', requiresArg: true, default: '', describe: 'With --roll-back: the reason, for the record' },
  } as const,
  example: 'monitor --run RUN --sales new.csv',
  run: async (args, session): Promise<MonitorResult | RollBackResult | Watched> => {
    const { run, sales, watch } = args;
    if (run === undefined)
      throw new UserError(
        '--run: none given; expected a recommendation as runs list shows it; for example monitor --run RUN --sales new.csv',
      );
    const given = [sales, watch, args['roll-back'] || undefined].filter((one) => one !== undefined);
    if (given.length !== 1)
      throw new UserError(
        'monitor: expected --sales FILE, --watch DIR or --roll-back, one of them; for example monitor --run RUN --sales new.csv',
      );
    const decisions = await import('../../decisions/index.ts');
    const now = new Date();
    if (args['roll-back']) return decisions.rollBack(run, { now: now.toISOString(), why: args.why });
    const challengers = await Promise.all(args.challenger.map(methodName));
    const common = {
      ...newerSettings(args),
      notes: args.notes,
      promotions: args.promotions,
      run,
      stock: args.stock,
      rate: args['false-alarms'],
      trust: args.trust,
      seed: args.seed,
      onMessage: session.output.log,
      ...(args.update || watch !== undefined ? { update: challengers.length > 0 ? { challengers } : {} } : {}),
    };
    if (watch !== undefined) return watchUntilEnd(watch, common, session);
    const result = await decisions.monitor({ ...common, sales: String(sales), now: now.toISOString() });
    if (result.action !== 'nothing' && !result.update?.promoted) session.endWith(exitCode.actionNeeded);
    return result;
  },
  print: (result) => {
    if ('replaced' in result) return `Run ${result.run} is in place again; ${result.replaced} is kept in the store.`;
    if ('files' in result) return `${result.files.length} files handled.`;
    return printMonitoring(result);
  },
});

async function watchUntilEnd(
  folder: string,
  common: Omit<WatchOptions, 'folder' | 'signal' | 'clock'>,
  { output, signal }: Session,
): Promise<Watched> {
  const { watchFolder } = await import('../../decisions/index.ts');
  output.log(`Watching ${folder} for files of sales; Ctrl-C ends.`);
  const files = await watchFolder({
    ...common,
    folder,
    signal: signal(),
    clock: () => new Date().toISOString(),
    onFile: ({ file, action, outcome, promoted }) =>
      output.log(`${file}: ${[action, outcome, promoted === null ? undefined : `promoted ${promoted}`].filter(Boolean).join('; ')}`),
  });
  return { run: common.run, files };
}
