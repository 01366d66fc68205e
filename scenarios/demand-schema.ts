import { z } from 'zod';
import { DISTRIBUTIONS, expectation, type ParameterRule } from '../env/index.ts';
import { PROCESS_KINDS } from './process-kinds.ts';

/** One line of a scenario's demand as it is written down: a place, and a distribution or a kind of process with its fields. */
export interface DemandForm {
  readonly location: string;
  readonly item?: string;
  readonly kind?: string;
  readonly distribution?: string;
  readonly [field: string]: unknown;
}

const NAMES = Object.keys(DISTRIBUTIONS).join(', ');
const KINDS = ['stationary', ...Object.keys(PROCESS_KINDS)].join(', ');

/** A distribution written beside other fields; where `base` is allowed, a process may stand in its place. */
function besideDistribution(fields: z.ZodRawShape, base: boolean): z.ZodDiscriminatedUnion {
  const forms = Object.entries(DISTRIBUTIONS).map(([name, { parameters }]) =>
    z.strictObject({ ...fields, distribution: z.literal(name), ...parameterShape(parameters) }),
  );
  const nested = z.strictObject({ ...fields, distribution: z.undefined().optional(), base: z.lazy(() => processForm) });
  const error = `expected a distribution, one of ${NAMES}${base ? ', or a base process' : ''}`;
  return z.discriminatedUnion('distribution', base ? [nested, ...forms] : [forms[0], ...forms.slice(1)], { error });
}

function parameterShape(rules: Readonly<Record<string, ParameterRule>>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, parameterSchema(rule)]));
}

function parameterSchema(rule: ParameterRule): z.ZodType {
  const { type, optional, help } = rule;
  const expected = `expected ${expectation(rule)}: ${help}`;
  const number = numberSchema(rule, type === 'numbers' ? `expected ${expectation({ ...rule, type: 'number' })}` : expected);
  const schema: z.ZodType = {
    number,
    numbers: z.array(number, { error: expected }).min(1, expected),
    flag: z.boolean({ error: expected }),
    distribution: z.lazy(() => distributionForm),
  }[type];
  return (optional ? schema.optional() : schema).describe(help);
}

function numberSchema({ least, most, whole }: ParameterRule, error: string): z.ZodType {
  let schema = z.number({ error });
  if (whole) schema = schema.int(error);
  if (least !== undefined) schema = schema.min(least, error);
  if (most !== undefined) schema = schema.max(most, error);
  return schema;
}

const distributionForm: z.ZodType = besideDistribution({}, false);

function forms(place: z.ZodRawShape): z.ZodType {
  const [first, ...rest] = Object.entries(PROCESS_KINDS).map(([kind, { shape, hasBase }]) => {
    const fields = { ...place, kind: z.literal(kind), ...shape };
    return hasBase ? besideDistribution(fields, true) : z.strictObject(fields);
  });
  const stationary = besideDistribution({ ...place, kind: z.literal('stationary').optional() }, false);
  const error = ({ input }: { readonly input?: unknown }) =>
    input === undefined
      ? `expected a distribution beside the kind (distribution: ${NAMES}), or a base process`
      : `expected one of ${KINDS}`;
  return z.discriminatedUnion('kind', [stationary, first, ...rest], { error });
}

const processForm: z.ZodType = forms({});

const place = { location: z.string().describe('where customers come'), item: z.string().optional().describe('left out: the only item') };

/** A demand of a scenario: the forms say what may be written, the loose object what of it is known to all. */
export const demandForm: z.ZodType<DemandForm> = forms(place).pipe(
  z.looseObject({ location: z.string(), item: z.string().optional(), kind: z.string().optional(), distribution: z.string().optional() }),
);
