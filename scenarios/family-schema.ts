import { z } from 'zod';

const ends = z.tuple([z.number(), z.number()]).refine(([from, to]) => from <= to, 'expected the smaller end first');
const positiveEnds = ends.refine(([from]) => from > 0, 'expected ends above 0');
const wholeEnds = ends.refine((both) => both.every(Number.isInteger), 'expected whole ends');

/** How a knob's value is drawn. */
export const knobDraw = z.union(
  [
    z.strictObject({ uniform: ends.describe('any number between the two') }),
    z.strictObject({ logUniform: positiveEnds.describe('the same of its logarithm: each doubling is as likely') }),
    z.strictObject({ integer: wholeEnds.describe('a whole number from the first to the last') }),
    z.strictObject({
      choice: z.array(z.union([z.number(), z.string(), z.boolean()])).min(1),
      weights: z.array(z.number().min(0)).optional().describe('how often each, against the others; default alike'),
    }),
  ],
  { error: 'expected one of { uniform: [a, b] }, { logUniform: [a, b] }, { integer: [a, b] }, { choice: [a, b, ...] }' },
);

export type KnobDraw = z.output<typeof knobDraw>;

export const familyFields = {
  family: z
    .record(z.string(), knobDraw)
    .optional()
    .describe('distributions of knobs: the scenario stands for all the items that can be drawn'),
  familyKeeps: z.string().optional().describe('formula over given values and what was drawn: where it is false, all is drawn again'),
};
