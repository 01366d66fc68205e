import { z } from 'zod';
import type { DemandProcessSpec, OutsideIndex } from '../env/index.ts';
import { UserError } from '../env/index.ts';
import { readDemandFile } from './demand-file.ts';
import { indexNamed } from './index-schema.ts';
import { toDistribution } from './to-distribution.ts';

/** What a form needs of its surroundings to become a process. */
export interface ProcessContext {
  /** Path of the form, for messages. */
  readonly path: string;
  /** Where its demand falls. */
  readonly location: string;
  readonly item?: string;
  /** Number of periods of the scenario, or null. */
  readonly periods: number | null;
  /** Folder against which the paths of files are read. */
  readonly folder: string;
  /** The scenario's indices by their id. */
  readonly indices: ReadonlyMap<string, OutsideIndex>;
  /** Forecasts of a catalogue and what goes with them, where the scenario has one. */
  readonly forecast?: DemandProcessSpec;
  /** The process that stands beside or under `base`. */
  readonly base: () => DemandProcessSpec;
}

interface ProcessKind {
  readonly shape: z.ZodRawShape;
  /** Does it modulate a distribution or process of its own? */
  readonly hasBase: boolean;
  readonly make: (form: unknown, context: ProcessContext) => DemandProcessSpec;
}

interface KindOptions<Shape extends z.ZodRawShape> {
  readonly shape: Shape;
  readonly hasBase?: boolean;
  readonly make: (fields: z.output<z.ZodObject<Shape>>, context: ProcessContext) => DemandProcessSpec;
}

function processKind<Shape extends z.ZodRawShape>({ shape, hasBase = false, make }: KindOptions<Shape>): ProcessKind {
  const fields = z.object(shape);
  return { shape, hasBase, make: (form, context) => make(fields.parse(form), context) };
}

const amount = z.number().min(0, 'expected a number of 0 or more');
const probability = z.number().min(0, 'expected a probability from 0 to 1').max(1, 'expected a probability from 0 to 1');
const periods = (least: number) =>
  z
    .int({ error: `expected a whole number of periods, ${least} or more` })
    .min(least, `expected a whole number of periods, ${least} or more`);
const distribution = z.looseObject({ distribution: z.string() });

/** The kinds of demand process, by their name in a scenario: what each takes beside its place, and what it becomes. */
export const PROCESS_KINDS: Readonly<Record<string, ProcessKind>> = {
  seasonal: processKind({
    hasBase: true,
    shape: {
      factors: z.array(amount).min(1).optional().describe('times the mean, period by period, round and round'),
      amplitude: z.number().min(0).max(1, 'expected a number from 0 to 1').optional().describe('or a sine: part of the mean'),
      period: periods(2).optional().describe('periods of a cycle of the sine'),
      phase: z.number().optional().describe('periods by which the sine is ahead; default 0'),
    },
    make: ({ factors, amplitude, period, phase = 0 }, { path, base }) => {
      if ((factors === undefined) === (amplitude === undefined)) {
        throw new UserError(`${path}.factors: expected either factors, or amplitude and period, and not both`);
      }
      if (factors) return { kind: 'seasonal', base: base(), factors };
      if (period === undefined) throw new UserError(`${path}.period: expected the number of periods of a cycle beside amplitude`);
      const sine = Array.from({ length: period }, (_, t) => 1 + (amplitude ?? 0) * Math.sin((2 * Math.PI * (t + phase)) / period));
      return { kind: 'seasonal', base: base(), factors: sine.map((factor) => Math.max(0, factor)) };
    },
  }),
  trend: processKind({
    hasBase: true,
    shape: {
      perPeriod: z.number().describe('part of the mean by which it grows each period; below 0 it shrinks'),
      until: periods(0).optional().describe('period from which it stays level; default: the last of the scenario'),
      compound: z.boolean().optional().describe('grow by part of what it has become; default false'),
    },
    make: ({ perPeriod, until, compound }, { path, base, periods: last }) => {
      const end = until ?? last;
      if (end === null)
        throw new UserError(`${path}.until: not given; expected the period from which the trend is level: this scenario has no last one`);
      return { kind: 'trend', base: base(), perPeriod, until: end, compound };
    },
  }),
  index: processKind({
    hasBase: true,
    shape: {
      index: z.string().describe('an entry of indices, which planners see'),
      elasticity: z.number().default(1).describe('the mean is multiplied by the level of the index to this power'),
      foreseen: z.boolean().default(true).describe('do forecasts know how the index moves? If not, they take it to stay where it is'),
    },
    make: ({ index, elasticity, foreseen }, { path, base, indices }) => ({
      kind: 'index',
      base: base(),
      index: indexNamed(index, indices, `${path}.index`),
      elasticity,
      foreseen,
    }),
  }),
  markov: processKind({
    shape: {
      states: z
        .union([z.record(z.string(), distribution), z.array(distribution).min(1)])
        .describe('distribution of each state, by its name'),
      transition: z.array(z.array(probability)).min(1).describe('[from][to] probabilities, states in their order'),
      start: z.union([z.string(), z.int()]).optional().describe('state of the first period; default: drawn from the long run'),
      known: z.boolean().default(true).describe('does the planner know the state? If not: what past demand tells of it'),
    },
    make: ({ states, transition, start, known }, { path }) => {
      const names = Object.keys(states);
      const first = start === undefined ? undefined : names.indexOf(String(start));
      if (first === -1) throw new UserError(`${path}.start: ${JSON.stringify(start)}; expected one of the states ${names.join(', ')}`);
      const distributions = Object.entries(states).map(([name, form]) => toDistribution(form, `${path}.states.${name}`));
      return { kind: 'markov', states: distributions, transition, start: first, known };
    },
  }),
  intermittent: processKind({
    shape: { probability: probability.describe('of a period with demand'), size: distribution.describe('distribution of a demand') },
    make: ({ probability: chance, size }, { path }) => ({
      kind: 'stationary',
      distribution: { name: 'intermittent', probability: chance, size: toDistribution(size, `${path}.size`) },
    }),
  }),
  events: processKind({
    hasBase: true,
    shape: {
      knownAhead: periods(0).default(0).describe('periods before its start in which an event is announced'),
      notes: z
        .array(z.strictObject({ text: z.string(), from: periods(0), length: periods(1), multiplier: amount, every: periods(1).optional() }))
        .optional()
        .describe('events by their periods, counted from 0; every: periods after which one comes again'),
      random: z
        .strictObject({
          probability: probability.describe('that an event starts in a period'),
          kinds: z
            .array(
              z.strictObject({
                texts: z.array(z.string()).min(1),
                length: periods(1),
                multiplier: amount,
                weight: z.number().positive().optional(),
              }),
            )
            .min(1),
        })
        .optional()
        .describe('events that come by chance'),
      inForecast: z.boolean().optional().describe('do forecasts count announced events? Default true; if not, only the notes tell'),
    },
    make: (fields, { base }) => ({ kind: 'events', base: base(), ...fields }),
  }),
  list: processKind({
    shape: {
      values: z.array(amount).min(1).describe('demand of each period, known in advance'),
      after: z.enum(['repeat', 'last', 'nothing']).default('repeat').describe('what follows the last value'),
    },
    make: ({ values, after }) => ({ kind: 'list', values, after }),
  }),
  replay: processKind({
    shape: {
      values: z.array(amount).min(1).optional().describe('demand of each period, as it happened'),
      file: z.string().optional().describe('or a CSV file with the columns quantity and, if need be, period, location and item'),
      forecast: z
        .enum(['average', 'known'])
        .default('average')
        .describe('what planners expect: mean and variance of the record, or what will come'),
    },
    make: ({ values, file, forecast }, { path, ...place }) => {
      if ((values === undefined) === (file === undefined))
        throw new UserError(`${path}.values: expected either values or a file, and not both`);
      const record = values ?? readDemandFile(file ?? '', `${path}.file`, place);
      return forecast === 'known' ? { kind: 'list', values: record, after: 'repeat' } : replayOf(record);
    },
  }),
  forecast: processKind({
    shape: {},
    make: (_fields, { path, forecast }) => {
      if (forecast) return forecast;
      throw new UserError(`${path}.kind: "forecast"; expected a catalogue whose sales are forecast: add one, or give a distribution`);
    },
  }),
};

/** A record whose planner expects its mean in every period. */
function replayOf(record: readonly number[]): DemandProcessSpec {
  const mean = record.reduce((sum, value) => sum + value, 0) / record.length;
  const variance = record.reduce((sum, value) => sum + (value - mean) ** 2, 0) / record.length;
  const span = record.length;
  const forecasts = {
    rows: 1,
    span,
    horizon: 1,
    mean: new Float64Array(span).fill(mean),
    variance: new Float64Array(span).fill(variance),
  };
  return { kind: 'replay', values: Float64Array.from(record), forecasts };
}
