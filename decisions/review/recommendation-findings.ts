import { concerns, type History } from '../../forecasting/index.ts';
import { figureOf, type LiveEntry, type LiveScores } from '../monitor/live-scores.ts';
import { type Finding, type GroupError, intervalText, plainWords, shareText } from './finding.ts';

export interface ForecastFacts {
  readonly history: History;
  /** The first period that was forecast. */
  readonly from: number;
  readonly entries: readonly LiveEntry[];
  readonly scores: LiveScores;
  readonly groups: readonly GroupError[];
  readonly method: string;
  /** Did the sales come in after the run, or were they held out of those it was made from? */
  readonly live: boolean;
  readonly seed: number;
}

/** Items that make up the errors, at most so many by name. */
const NAMED = 3;
/** Part of the entries that are called the largest misses. */
const LARGEST = 0.01;

/** All findings about a forecaster, the general ones first. */
export function forecastFindings(facts: ForecastFacts): Finding[] {
  return [
    ...doing(facts),
    ...worstItems(facts),
    ...worstPeriods(facts),
    ...promoted(facts),
    ...causes(facts),
    ...reach(facts),
    ...tries(facts),
  ];
}

function doing({ scores, history, from, live, method }: ForecastFacts): Finding[] {
  const { units, bias, crps, coverage } = scores;
  const eighty = coverage[1];
  const last = history.periods[history.periods.length - 1];
  const better = crps.difference.ci90[1] < 0 ? 'better than' : crps.difference.ci90[0] > 0 ? 'worse than' : 'not told apart from';
  return [
    finding(
      'sales',
      'How it is doing',
      `${method} forecast ${round(units.forecast)} units for ${history.periods[from]} to ${last}, and ${round(units.actual)} were sold${live ? '' : ' (periods held out of the sales that the run was made from: none came in since)'}.`,
    ),
    finding(
      'bias',
      'How it is doing',
      `The bias is ${shareText(bias.value, { signed: true })} of sales, 90 % of ${intervalText(bias.ci90)}${excludesZero(bias.ci90) ? `: it forecasts too ${bias.value > 0 ? 'much' : 'little'}` : ': none is shown'}.`,
    ),
    finding(
      'naive',
      'How it is doing',
      `Its CRPS is ${crps.forecast.toFixed(3)} of sales, ${better} the naive forecast's ${crps.naive.toFixed(3)}.`,
    ),
    finding(
      'coverage',
      'How it is doing',
      `${shareText(eighty.share)} of sales lie within the 80 % intervals, 90 % of ${intervalText(eighty.ci90)}; right forecasts would give ${shareText(eighty.expected)}.`,
    ),
  ];
}

function worstItems({ entries, history }: ForecastFacts): Finding[] {
  const sums = new Map<number, number>();
  for (const { item, crps } of entries) sums.set(item, (sums.get(item) ?? 0) + crps);
  const total = sum([...sums.values()]);
  const worst = [...sums].sort((a, b) => b[1] - a[1]).slice(0, NAMED);
  if (!(total > 0)) return [];
  const names = worst.map(
    ([item, own]) => `${plainWords(history.items[item].id)} ${plainWords(history.items[item].description)} (${shareText(own / total)})`,
  );
  return [
    finding(
      'items',
      'Where it fails',
      `${shareText(sum(worst.map(([, own]) => own)) / total)} of all error is that of ${worst.length} of ${sums.size} items: ${names.join('; ')}.`,
    ),
  ];
}

function worstPeriods({ entries, history, from, seed }: ForecastFacts): Finding[] {
  const months = [...new Set(entries.map(({ period }) => monthOf(history, from + period)))];
  if (months.length < 2) return [];
  const errors = months.map((month) => {
    const own = entries.filter(({ period }) => monthOf(history, from + period) === month);
    return {
      month,
      bias: figureOf(own, seed)(
        ({ mean, actual }) => mean - actual,
        ({ actual }) => actual,
      ),
    };
  });
  const shown = errors.filter(({ bias }) => excludesZero(bias.ci90)).sort((a, b) => Math.abs(b.bias.value) - Math.abs(a.bias.value));
  if (shown.length === 0) return [];
  const [{ month, bias }] = shown;
  return [
    finding(
      'season',
      'Where it fails',
      `The worst month is ${month}: bias ${shareText(bias.value, { signed: true })}, 90 % of ${intervalText(bias.ci90)}.`,
    ),
  ];
}

function promoted({ entries, history, from, seed }: ForecastFacts): Finding[] {
  const events = [
    ...history.notes.map((note) => ({ ...note, first: note.period, last: note.period })),
    ...history.promotions.map((one) => ({ ...one, first: one.firstPeriod, last: one.lastPeriod })),
  ];
  const inEvent = ({ item, period }: LiveEntry) =>
    events.some((one) => one.first <= from + period && one.last >= from + period && concerns(one, history.items[item]));
  const own = events.length === 0 ? [] : entries.filter(inEvent);
  if (own.length === 0) return [];
  const bias = figureOf(own, seed)(
    ({ mean, actual }) => mean - actual,
    ({ actual }) => actual,
  );
  return [
    finding(
      'promotions',
      'Where it fails',
      `With a promotion or note (${own.length} item-periods) the bias is ${shareText(bias.value, { signed: true })}, 90 % of ${intervalText(bias.ci90)}.`,
    ),
  ];
}

function causes({ entries, history, from, groups, scores }: ForecastFacts): Finding[] {
  const found: Finding[] = [];
  const span = history.periods.length - from;
  const before = unitsBetween(history, Math.max(0, from - span), from);
  const live = unitsBetween(history, from, history.periods.length);
  if (before > 0 && excludesZero(scores.bias.ci90)) {
    found.push(
      finding(
        'level',
        'Likely causes',
        `The level moved: ${round(live)} units were sold, ${round(before)} in as many periods before (${shareText(live / before - 1, { signed: true })}).`,
      ),
    );
  }
  const total = sum(entries.map(({ crps }) => crps));
  const largest = entries.map(({ crps }) => crps).sort((a, b) => b - a);
  const top = Math.max(1, Math.floor(LARGEST * largest.length));
  const share = sum(largest.slice(0, top)) / total;
  if (share > 0.1)
    found.push(
      finding(
        'orders',
        'Likely causes',
        `Single large orders: ${top} of ${entries.length} item-periods make ${shareText(share)} of the error.`,
      ),
    );
  for (const { group, items, againstNaive, by } of groups) {
    if (by !== 'demand' || (group !== 'lumpy' && group !== 'intermittent' && group !== 'new')) continue;
    if (againstNaive.value > 0.9)
      found.push(
        finding(
          `kind-${group}`,
          'Likely causes',
          `${items} items have ${group} demand, of which the past tells little: CRPS is ${againstNaive.value.toFixed(2)} times the naive forecast's.`,
        ),
      );
  }
  return found;
}

/** Groups whose errors differ from everybody's by more than chance. */
function reach({ groups, scores, entries, seed }: ForecastFacts): Finding[] {
  const all = figureOf(entries, seed)(
    (entry) => entry.crps,
    (entry) => entry.naiveCrps,
  );
  const found = groups.flatMap(({ by, group, items, bias, againstNaive, coverageGap }) => [
    ...(excludesZero(bias.ci90) && Math.abs(bias.value - scores.bias.value) > 0.1
      ? [
          finding(
            `bias-${by}-${group}`,
            'Whom errors reach',
            `Items that are ${group} by ${by} (${items}) get ${bias.value > 0 ? 'too much' : 'too little'}: bias ${shareText(bias.value, { signed: true })}, 90 % of ${intervalText(bias.ci90)}; all items ${shareText(scores.bias.value, { signed: true })}.`,
          ),
        ]
      : []),
    ...(againstNaive.ci90[0] > all.ci90[1]
      ? [
          finding(
            `skill-${by}-${group}`,
            'Whom errors reach',
            `Items that are ${group} by ${by} (${items}) gain less: CRPS is ${againstNaive.value.toFixed(2)} times the naive forecast's, over all items ${all.value.toFixed(2)}.`,
          ),
        ]
      : []),
    ...(coverageGap.ci90[1] < -0.03
      ? [
          finding(
            `spread-${by}-${group}`,
            'Whom errors reach',
            `The 80 % intervals of items that are ${group} by ${by} (${items}) are too narrow: ${shareText(-coverageGap.value)} fewer lie within than should.`,
          ),
        ]
      : []),
  ]);
  if (found.length > 0 || groups.length === 0) return found;
  return [
    finding(
      'even',
      'Whom errors reach',
      `No group of items by volume, price, kind of demand, age or category is served worse than the others by more than chance (${groups.length} groups).`,
    ),
  ];
}

function tries({ scores, groups, history }: ForecastFacts): Finding[] {
  const { bias, crps, coverage } = scores;
  const advice: Finding[] = [];
  const add = (id: string, text: string) => advice.push(finding(id, 'What to try', text));
  if (excludesZero(bias.ci90))
    add(
      'try-refit',
      'Fit anew on the newest sales (monitor --update), and give a longer history: two years let the forecaster see the season.',
    );
  if (crps.difference.ci90[1] >= 0)
    add(
      'try-methods',
      'Compare methods on the held-out weeks (forecast backtest --method auto --method naive): another one may do better.',
    );
  if (coverage[1].ci90[1] < coverage[1].expected)
    add('try-spread', 'Raise the service level until the spread is measured anew: intervals are too narrow.');
  if (history.notes.length + history.promotions.length === 0)
    add('try-notes', 'Tell of promotions and events (--promotions, --notes): nothing of the kind was given.');
  if (groups.some(({ by, group, againstNaive }) => by === 'demand' && group === 'new' && againstNaive.value > 0.9))
    add('try-texts', 'Give descriptions of new items, and use a method that reads them (global+text).');
  if (advice.length === 0) add('try-nothing', 'Nothing needs to be tried: it does what it says.');
  return advice;
}

function finding(id: string, section: Finding['section'], text: string): Finding {
  return { id, section, text };
}

function monthOf(history: History, period: number): string {
  return history.periods[period].slice(0, 7);
}

function unitsBetween({ items, periods, quantity }: History, from: number, to: number): number {
  let units = 0;
  for (let item = 0; item < items.length; item++) for (let t = from; t < to; t++) units += quantity[item * periods.length + t];
  return units;
}

function excludesZero([low, high]: readonly [number, number]): boolean {
  return low > 0 || high < 0;
}

function round(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
