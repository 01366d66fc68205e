import {
  concerns,
  type FittedForecaster,
  type Forecast,
  type History,
  type Promotion,
  periodStart,
  type SalesNote,
} from '../../forecasting/index.ts';

/** What a note or a promotion does to an item's forecast in one period. */
export interface EventEffect {
  readonly kind: 'note' | 'promotion';
  readonly text: string;
  /** Number of the period ahead, 0 being the first one forecast. */
  readonly ahead: number;
  /** The forecast with it over the one without it. */
  readonly factor: number;
}

/** Events whose effects are taken apart: each takes a forecast of the whole catalogue. */
const MOST_EVENTS = 20;
/** Effects smaller than this are not worth a word. */
const LEAST = 0.05;
/** Methods that have features of their own for promotions; all others read them as notes. */
const READS_PROMOTIONS = /^(ridge|network)/;

/** Promotions as notes, period by period, for methods that know of notes only. `horizon` periods beyond the sales are looked at. */
export function promotionsAsNotes(history: History, method: string, horizon: number): History {
  if (READS_PROMOTIONS.test(method) || history.promotions.length === 0) return history;
  const end = history.periods.length + horizon;
  const added = history.promotions.flatMap((promotion) => noteOf(history, promotion, end));
  const notes = [...history.notes, ...added].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return { ...history, notes };
}

function noteOf(history: History, promotion: Promotion, end: number): SalesNote[] {
  const { item, category, firstPeriod, lastPeriod, knownAt } = promotion;
  const text = promotionText(promotion);
  const notes: SalesNote[] = [];
  for (let period = Math.max(0, firstPeriod); period <= Math.min(lastPeriod, end - 1); period++) {
    const date = periodStart(history, period);
    const scope = { ...(item === undefined ? {} : { item }), ...(category === undefined ? {} : { category }) };
    notes.push({ ...scope, text, date, known: periodStart(history, knownAt), period, knownAt });
  }
  return notes;
}

function promotionText({ text, depth }: Promotion): string {
  return text === '' ? `${Math.round(100 * depth)} % off` : text;
}

/** [item] what each note and promotion that the forecast covers does to it, told by a forecast without it. */
export function eventEffects(
  fitted: FittedForecaster,
  history: History,
  forecast: Forecast,
  { origin, horizon }: { readonly origin: number; readonly horizon: number },
): EventEffect[][] {
  const effects: EventEffect[][] = history.items.map(() => []);
  const promoted = new Set(history.promotions.map(promotionText));
  const notes = history.notes.filter(({ period, knownAt }) => period >= origin && period < origin + horizon && knownAt <= origin);
  for (const note of notes.slice(0, MOST_EVENTS)) {
    const without = fitted.predict({ ...history, notes: history.notes.filter((one) => one !== note) }, origin, horizon);
    const kind = promoted.has(note.text) ? 'promotion' : 'note';
    addEffects({ kind, text: note.text, scope: note, aheads: [note.period - origin] }, without);
  }
  if (!READS_PROMOTIONS.test(fitted.name)) return effects;
  const running = history.promotions.filter(
    (one) => one.lastPeriod >= origin && one.firstPeriod < origin + horizon && one.knownAt <= origin,
  );
  for (const promotion of running.slice(0, MOST_EVENTS)) {
    const without = fitted.predict({ ...history, promotions: history.promotions.filter((one) => one !== promotion) }, origin, horizon);
    const aheads = Array.from({ length: horizon }, (_, ahead) => ahead).filter(
      (ahead) => origin + ahead >= promotion.firstPeriod && origin + ahead <= promotion.lastPeriod,
    );
    addEffects({ kind: 'promotion', text: promotionText(promotion), scope: promotion, aheads }, without);
  }
  return effects;

  function addEffects(
    {
      kind,
      text,
      scope,
      aheads,
    }: Pick<EventEffect, 'kind' | 'text'> & { readonly scope: SalesNote | Promotion; readonly aheads: number[] },
    without: Forecast,
  ): void {
    for (const [i, item] of history.items.entries()) {
      if (!concerns(scope, item)) continue;
      for (const ahead of aheads) {
        const before = without.mean[i * horizon + ahead];
        const factor = before > 0 ? forecast.mean[i * horizon + ahead] / before : 1;
        if (Math.abs(factor - 1) >= LEAST) effects[i].push({ kind, text, ahead, factor });
      }
    }
  }
}
