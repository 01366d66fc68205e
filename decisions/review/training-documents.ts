import { z } from 'zod';
import type { CurvePoint } from '../../experiments/index.ts';
import type { TrainingEvaluation } from './training-findings.ts';

const curve = z.array(z.object({ step: z.number(), seconds: z.number(), costPerPeriod: z.number() }));

const evaluation = z.object({
  results: z.array(z.object({ policy: z.string(), costPerPeriod: z.number(), ci95: z.tuple([z.number(), z.number()]).nullable() })),
  optimum: z.object({ costPerPeriod: z.number() }).nullable(),
});

/** The points of a run's curve.json; none where it was never written. */
export function readCurve(document: unknown): CurvePoint[] {
  const read = curve.safeParse(document);
  return read.success ? read.data : [];
}

/** What a run's evaluation.json says of cost; null where it was never written. */
export function readEvaluation(document: unknown): TrainingEvaluation | null {
  const read = evaluation.safeParse(document);
  return read.success ? { results: read.data.results, optimum: read.data.optimum?.costPerPeriod ?? null } : null;
}
