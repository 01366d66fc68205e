import type { VariantComparison } from '../compare-variants.ts';
import { chartFile } from '../report/charts/drawing.ts';
import { writeText } from '../report/write-report.ts';
import { sensitivityChart } from './sensitivity-chart.ts';

export { type SensitivityOptions, sensitivity } from './sensitivity.ts';
export { type Sweep, sweepOf } from './sweep.ts';

/** Writes the one plot of a comparison of variants as an SVG file, whole or not at all. @throws UserError where it cannot be written */
export async function writeSensitivityChart(comparison: VariantComparison, file: string): Promise<void> {
  await writeText(file, chartFile(await sensitivityChart(comparison)));
}
