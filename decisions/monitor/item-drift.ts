import { forecastDistribution, type History } from '../../forecasting/index.ts';
import { conditionalChances } from './conditional-chances.ts';
import { type DriftEvidence, driftEvidence, jointEvidence, rejectedByEvidence } from './drift-evidence.ts';
import { knownQuantity, type LiveForecasts } from './live-forecasts.ts';

/** How all items of a catalogue keep to their forecasts. */
export interface CatalogueDrift {
  /** [item] */
  readonly items: readonly DriftEvidence[];
  /** Rows of the items that have drifted, the surest first. */
  readonly drifted: readonly number[];
  /** E-value that anything has drifted at all, as large as it ever was. */
  readonly evidence: number;
  /** Number of the live period in which it first was large enough; null where it never was. */
  readonly alarm: number | null;
}

/** Drift from forecasts over their whole horizon, item by item and of the catalogue. */
export function catalogueDrift({ history, from, horizon, forecasts, common }: LiveForecasts, rate: number): CatalogueDrift {
  const periods = history.periods.length - from;
  const evidence = history.items.map((_, item) => {
    const below = new Float64Array(periods);
    const upTo = new Float64Array(periods);
    forecasts.forEach((forecast, block) => {
      const start = block * horizon;
      const end = Math.min(periods, start + horizon);
      conditionalChances(
        {
          distributions: Array.from({ length: end - start }, (_, ahead) => forecastDistribution(forecast, horizon, item, ahead)),
          common: common[item],
          actual: liveQuantities(history, item, from + start, from + end),
        },
        below.subarray(start, end),
        upTo.subarray(start, end),
      );
    });
    return driftEvidence({ below, upTo });
  });
  return summarise(evidence, periods, rate);
}

function summarise(items: readonly DriftEvidence[], periods: number, rate: number): CatalogueDrift {
  const joint = jointEvidence(items, periods);
  const alarm = joint.findIndex((value) => value * rate >= 1);
  const last = items.map(({ evidence }) => evidence[periods - 1]);
  return { items, drifted: rejectedByEvidence(last, rate), evidence: Math.max(...joint), alarm: alarm < 0 ? null : alarm };
}

function liveQuantities(history: History, item: number, from: number, to: number): Float64Array {
  return Float64Array.from({ length: to - from }, (_, k) => knownQuantity(history, item, from + k, history.periods.length));
}
