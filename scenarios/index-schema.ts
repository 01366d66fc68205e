import { z } from 'zod';
import { type IndexProcess, meanReverting, type OutsideIndex, UserError } from '../env/index.ts';

const level = z.number().positive('expected a number above 0');
const probability = z.number().min(0, 'expected a probability from 0 to 1').max(1, 'expected a probability from 0 to 1');

/** How an outside index moves, as it is written down. Its level multiplies what follows it. */
export const indexForm = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mean-reverting'),
    persistence: probability
      .max(0.999, 'expected at most 0.999: what never returns has no mean')
      .describe('part of the distance from its mean, in logarithms, that is left a period later'),
    deviation: level.describe('standard deviation of its logarithm in the long run; its mean is 1'),
  }),
  z.strictObject({
    kind: z.literal('markov'),
    levels: z.array(level).min(1).describe('what the level can be'),
    transition: z.array(z.array(probability)).min(1).describe('[from][to] probabilities, levels in their order'),
    start: z.int().min(0).optional().describe('number of the first level, from 0; left out: drawn from the long run'),
  }),
  z.strictObject({
    kind: z.literal('list'),
    levels: z.array(level).min(1).describe('level of each period, known in advance'),
    after: z.enum(['repeat', 'last']).default('repeat').describe('what follows the last level'),
  }),
]);

export type IndexForm = z.output<typeof indexForm>;

/** The indices of a scenario by their id. */
export function toIndices(forms: Readonly<Record<string, IndexForm>> = {}): ReadonlyMap<string, OutsideIndex> {
  return new Map(Object.entries(forms).map(([id, form]) => [id, { id, process: toProcess(form) }]));
}

function toProcess(form: IndexForm): IndexProcess {
  return form.kind === 'mean-reverting' ? meanReverting(form.persistence, form.deviation) : form;
}

/** @throws UserError that lists the indices there are */
export function indexNamed(id: string, indices: ReadonlyMap<string, OutsideIndex>, path: string): OutsideIndex {
  const found = indices.get(id);
  if (found) return found;
  const names = [...indices.keys()].join(', ');
  throw new UserError(`${path}: "${id}"; expected ${names === '' ? 'an index: add one under indices' : `one of the indices ${names}`}`);
}
