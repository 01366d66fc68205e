import type { Options } from 'yargs';
import { UserError } from '../../../env/index.ts';
import type { FittedForecaster, History, OpenedMethod } from '../../../forecasting/index.ts';
import { wholeNumber } from '../../options.ts';
import type { Output } from '../../output.ts';
import { type DataArguments, dataOptions, methodName, methodOptions, readData } from './data.ts';

/** Options of commands that forecast what is to come. */
export const futureOptions = {
  ...dataOptions,
  method: { type: 'string', requiresArg: true, default: 'auto', describe: 'The method that forecasts' },
  horizon: wholeNumber({ name: 'horizon', default: 4, least: 1, most: 52, describe: 'Periods that the forecast covers' }),
  origin: {
    type: 'string',
    requiresArg: true,
    describe: 'First day that is not known, YYYY-MM-DD; the day after the last period unless given',
  },
} as const satisfies Record<string, Options>;

export interface FutureArguments extends DataArguments {
  readonly method: string;
  readonly horizon: number;
  readonly origin?: string;
}

/** A method fitted on all that is known at the origin. */
export interface Future {
  readonly history: History;
  readonly opened: OpenedMethod;
  readonly fitted: FittedForecaster;
  readonly origin: number;
}

export async function lookAhead(args: FutureArguments, output: Output): Promise<Future> {
  const { openMethod } = await import('../../../forecasting/index.ts');
  const name = await methodName(args.method);
  const { history } = await readData(args, args.origin);
  const origin = firstUnknown(history, args.origin);
  const opened = await openMethod(name, history, await methodOptions(args, history, output));
  return { history, opened, fitted: opened.forecaster.fit(history, { until: origin, horizon: args.horizon }), origin };
}

function firstUnknown({ periods }: History, origin: string | undefined): number {
  if (origin === undefined) return periods.length;
  const found = periods.findIndex((first) => first >= origin);
  if (/^\d{4}-\d{2}-\d{2}$/.test(origin) && found > 0) return found;
  throw new UserError(`--origin ${origin}: expected a day as YYYY-MM-DD after ${periods[0]} and at most ${periods[periods.length - 1]}`);
}
