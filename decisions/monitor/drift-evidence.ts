/** What a forecast said of one outcome before it came: the chances of less, and of that or less; ends of the interval that a randomised PIT value is drawn from. */
export interface OutcomeChances {
  /** [period] P(demand < actual); NaN where nothing is known of the period. */
  readonly below: Float64Array;
  /** [period] P(demand <= actual). */
  readonly upTo: Float64Array;
}

/** Evidence that outcomes do not come from their forecasts. */
export interface DriftEvidence {
  /** [period] e-value after each period: under a right forecast its mean is at most 1 at any time, however often one looks. */
  readonly evidence: Float64Array;
  /** Where the likeliest drift begins, as a number of the period; null where none is likelier than no drift. */
  readonly since: number | null;
  /** How that drift looks. */
  readonly kind: DriftKind | null;
}

export type DriftKind = 'more' | 'less' | 'wilder';

/** A bet on where PIT values fall: a density on [0, 1] by its integral from 0. None pays more than STAKE x its strength, so that one odd order is no drift. */
interface Bet {
  readonly kind: DriftKind;
  readonly integral: (u: number) => number;
}

/** Part of the money that is bet; the rest is kept, so that no outcome ruins. */
const STAKE = 0.9;
/** Densities strength u^(strength - 1), and their mirror images: from a third more demand than forecast up to several times as much. */
const STRENGTHS = [2, 5, 12];
/** Chance per period that a drift ends again: what it has paid by then is kept. */
const ENDING = 0.03;

const BETS: readonly Bet[] = [
  ...STRENGTHS.map((strength): Bet => ({ kind: 'more', integral: (u) => u ** strength })),
  ...STRENGTHS.map((strength): Bet => ({ kind: 'less', integral: (u) => 1 - (1 - u) ** strength })),
  { kind: 'wilder', integral: (u) => ((2 * u - 1) ** 3 + 1) / 2 },
];

/**
 * A betting martingale on PIT values: an average over when a drift begins (period k with chance 1 / (k (k + 1))) and over what it looks like. PIT values
 * of right forecasts are independent and uniform (Diebold, Gunther and Tay 1998), and a bet pays its mean density over the interval of the
 * outcome, which is what a randomised PIT value (Czado, Gneiting and Held 2009) would pay on average. So the chance that the evidence
 * ever reaches 1 / a is at most a (Ville 1939; Ramdas, Gruenwald, Vovk and Shafer 2023), and it may be looked at after every period.
 */
export function driftEvidence({ below, upTo }: OutcomeChances): DriftEvidence {
  const evidence = new Float64Array(below.length);
  const running = new Float64Array(BETS.length);
  const ended = new Float64Array(BETS.length);
  const change = new ChangePoint();
  let seen = 0;
  for (let t = 0; t < below.length; t++) {
    if (!Number.isNaN(below[t])) {
      seen++;
      for (let bet = 0; bet < BETS.length; bet++) {
        const pays = payoff(BETS[bet], below[t], upTo[t]);
        const stake = (running[bet] + 1 / (seen * (seen + 1))) * pays;
        running[bet] = (1 - ENDING) * stake;
        ended[bet] += ENDING * stake;
        change.see(bet, t, pays);
      }
    }
    let sum = 0;
    for (let bet = 0; bet < BETS.length; bet++) sum += running[bet] + ended[bet];
    evidence[t] = sum / BETS.length + 1 / (seen + 1);
  }
  return { evidence, since: change.since, kind: change.bet === null ? null : BETS[change.bet].kind };
}

/** Mean over the interval of the density that is bet on. */
function payoff({ integral }: Bet, below: number, upTo: number): number {
  const width = upTo - below;
  const density = width > 1e-12 ? (integral(upTo) - integral(below)) / width : slope(integral, upTo);
  return 1 - STAKE + STAKE * density;
}

/** The density itself, where the chance of the outcome is too small to take a difference of. */
function slope(integral: (u: number) => number, at: number): number {
  const to = Math.min(1, at + 1e-6);
  return (integral(to) - integral(to - 2e-6)) / 2e-6;
}

/** The stretch of periods that pays one bet most: where the largest CUSUM of log payoffs begins (Page 1954). */
class ChangePoint {
  since: number | null = null;
  bet: number | null = null;
  #most = 0;
  readonly #sum = new Float64Array(BETS.length);
  readonly #from = new Int32Array(BETS.length);

  see(bet: number, period: number, pays: number): void {
    if (!(this.#sum[bet] > 0)) {
      this.#sum[bet] = 0;
      this.#from[bet] = period;
    }
    this.#sum[bet] += Math.log(pays);
    if (this.#sum[bet] <= this.#most) return;
    this.#most = this.#sum[bet];
    this.since = this.#from[bet];
    this.bet = bet;
  }
}

/**
 * Items whose e-values are large enough for the expected part of false ones among them to be at most `rate`, however items hang together: the e-BH
 * procedure (Wang and Ramdas 2022). The rows, by falling e-value.
 */
export function rejectedByEvidence(values: ArrayLike<number>, rate: number): number[] {
  const order = Array.from({ length: values.length }, (_, k) => k).sort((a, b) => values[b] - values[a] || a - b);
  let last = 0;
  order.forEach((row, k) => {
    if (values[row] * (k + 1) * rate >= values.length) last = k + 1;
  });
  return order.slice(0, last);
}

/** [period] mean over items of their evidence: itself evidence that anything has drifted at all, whatever hangs together (Vovk and Wang 2021). */
export function jointEvidence(items: readonly DriftEvidence[], periods: number): Float64Array {
  const mean = new Float64Array(periods);
  for (const { evidence } of items) for (let t = 0; t < periods; t++) mean[t] += evidence[t] / items.length;
  return mean;
}
