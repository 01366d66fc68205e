import { laneValues } from '../per-lane.ts';
import { readEvents } from './event-plan.ts';
import { ALMOST_ONE } from './lane-distribution.ts';
import type { DemandProcess, Note } from './process.ts';
import type { DemandProcessSpec } from './spec.ts';

export type EventsOptions = Omit<Extract<DemandProcessSpec, { readonly kind: 'events' }>, 'kind' | 'base'>;

/**
 * A base whose mean is multiplied by the events under way. Listed events follow from the period. Chance ones are drawn `knownAhead` periods before
 * they start, at most one per period, from the period's uniform number: one part of it says which comes, and where it fell within that part is
 * the number for the demand. What is drawn is part of the lane's state: [start mod slots][lane], 0 for none, else wording + 1.
 */
export function eventDemand(base: DemandProcess, options: EventsOptions, represents: Int32Array, path: string): DemandProcess {
  const plan = readEvents(options, path);
  const { knownAhead } = options;
  const { longest, wordings } = plan;
  const inForecast = options.inForecast ?? true;
  const lanes = represents.length;
  const chance = laneValues(options.random?.probability ?? 0, represents);
  plan.checkChance(chance, path);
  const slots = longest + knownAhead;
  const drawn = new Float64Array(slots * lanes);
  const own = new Float64Array(lanes);
  const slotOf = (start: number) => (((start % slots) + slots) % slots) * lanes;

  /** Factor of the chance events in a period that have been drawn, as seen from period `now`. */
  const drawnFactor = (lane: number, now: number, period: number) => {
    let factor = 1;
    for (let start = Math.max(period - longest + 1, now - longest + 1); start <= period && start <= now + knownAhead; start++) {
      const which = drawn[slotOf(start) + lane];
      if (which > 0 && start + wordings[which - 1].length > period) factor *= wordings[which - 1].multiplier;
    }
    return factor;
  };

  const spread = new Float64Array(2);
  const first = new Float64Array(lanes);
  const second = new Float64Array(lanes);
  const doubled = new Float64Array(lanes);
  const unknown = new Float64Array(2 * lanes);

  /** Mean and variance of the base under factors of which a part is uncertain: the base's variance is taken to be a f + b f². */
  const underUncertainty = (
    ask: (mean: Float64Array, variance: Float64Array, factors: Float64Array) => void,
    mean: Float64Array,
    variance: Float64Array,
  ) => {
    ask(mean, variance, own);
    let certain = true;
    for (let lane = 0; lane < lanes; lane++) {
      doubled[lane] = 2 * own[lane];
      if (unknown[lane] !== 1 || unknown[lanes + lane] !== 1) certain = false;
    }
    if (certain) return;
    ask(first, second, doubled);
    for (let lane = 0; lane < lanes; lane++) {
      const square = (second[lane] - 2 * variance[lane]) / 2;
      const linear = variance[lane] - square;
      const one = unknown[lane];
      const two = unknown[lanes + lane];
      variance[lane] = linear * one + square * two + mean[lane] * mean[lane] * (two - one * one);
      mean[lane] *= one;
    }
  };

  const setUnknown = (lane: number, from: number, to: number) => {
    plan.chanceMoments(from, to, chance[lane], spread);
    unknown[lane] = spread[0];
    unknown[lanes + lane] = spread[1];
  };

  return {
    state: slots > 0 && wordings.length > 0 ? [drawn, ...base.state] : base.state,
    stationary: false,
    start(lane, period, random) {
      if (wordings.length > 0) {
        for (let start = period - longest + 1; start <= period + knownAhead; start++) {
          drawn[slotOf(start) + lane] = random() < chance[lane] ? plan.choose(random()) + 1 : 0;
        }
      }
      base.start(lane, period, random);
    },
    draw(period, uniforms, demand, factors) {
      for (let lane = 0; lane < lanes; lane++) {
        const now = period[lane];
        own[lane] = plan.listedFactor(now) * (factors ? factors[lane] : 1);
        if (chance[lane] === 0) continue;
        own[lane] *= drawnFactor(lane, now, now);
        drawNext(lane, slotOf(now + knownAhead + 1), uniforms);
      }
      base.draw(period, uniforms, demand, own);
    },
    forecast(period, ahead, mean, variance, factors) {
      for (let lane = 0; lane < lanes; lane++) {
        const now = period[lane];
        const then = now + ahead;
        own[lane] = factors ? factors[lane] : 1;
        if (inForecast) {
          own[lane] *= plan.listedFactor(then, now + knownAhead);
          if (chance[lane] > 0) own[lane] *= drawnFactor(lane, now, then);
          setUnknown(lane, Math.max(then - longest + 1, now + knownAhead + 1), then);
        } else setUnknown(lane, then - longest + 1, then);
      }
      underUncertainty((m, v, f) => base.forecast(period, ahead, m, v, f), mean, variance);
    },
    typical(mean, variance, factors) {
      for (let lane = 0; lane < lanes; lane++) {
        own[lane] = factors ? factors[lane] : 1;
        setUnknown(lane, 1 - longest, 0);
        const listed = plan.listedMoments();
        unknown[lane] *= listed.mean;
        unknown[lanes + lane] *= listed.square;
      }
      underUncertainty((m, v, f) => base.typical(m, v, f), mean, variance);
    },
    notes(period, lane) {
      const known: Note[] = plan.listedNotes(period, knownAhead);
      for (let start = period - longest + 1; start <= period + knownAhead && wordings.length > 0; start++) {
        const which = drawn[slotOf(start) + lane];
        if (which === 0) continue;
        const { text, length } = wordings[which - 1];
        if (start + length > period) known.push({ text, from: start, length });
      }
      return [...known, ...base.notes(period, lane)].sort((a, b) => a.from - b.from);
    },
  };

  function drawNext(lane: number, slot: number, uniforms: Float64Array): void {
    const p = chance[lane];
    let u = uniforms[lane];
    if (u >= p) {
      drawn[slot + lane] = 0;
      u = (u - p) / (1 - p);
    } else {
      const v = Math.min(u / p, ALMOST_ONE);
      const which = plan.choose(v);
      drawn[slot + lane] = which + 1;
      u = plan.within(which, v);
    }
    uniforms[lane] = u < ALMOST_ONE ? u : ALMOST_ONE;
  }
}
