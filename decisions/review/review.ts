import { readDocument, readMetrics, readRun, readStoredRun } from '../../experiments/index.ts';
import { fitKept, fitNaive } from '../monitor/check-live.ts';
import { rollLiveForecasts } from '../monitor/live-forecasts.ts';
import { liveEntries, scoreLive } from '../monitor/live-scores.ts';
import { checkKeptSales } from '../monitor/monitor.ts';
import { openRecommendation } from '../store/recommendation.ts';
import { type Finding, plainWords, type Review, shareText } from './finding.ts';
import { groupErrors } from './item-groups.ts';
import { forecastFindings } from './recommendation-findings.ts';
import { readCurve, readEvaluation } from './training-documents.ts';
import { trainingFindings } from './training-findings.ts';

export interface ReviewOptions {
  readonly seed?: number;
  readonly report?: (line: string) => void;
}

/** Computes how a run is doing: a recommendation by the sales that came in since, else by sales held out of its own; training by its curve. @throws UserError */
export async function review(run: string, options: ReviewOptions = {}): Promise<Review> {
  const { kind } = await readStoredRun(run);
  return kind === 'recommendation' ? reviewRecommendation(run, options) : reviewTraining(run);
}

async function reviewTraining(run: string): Promise<Review> {
  const record = await readRun(run);
  const facts = {
    record,
    curve: readCurve(await readDocument(run, 'curve')),
    metrics: await readMetrics(run),
    evaluation: readEvaluation(await readDocument(run, 'evaluation')),
  };
  return {
    run,
    kind: 'training',
    title: `${record.agent} on ${plainWords(record.scenario)}`,
    findings: trainingFindings(facts),
    groups: [],
  };
}

async function reviewRecommendation(run: string, { seed = 0, report }: ReviewOptions): Promise<Review> {
  const live = await checkKeptSales(run, { seed });
  const facts =
    live === null ? await heldOut(run, seed, report) : { ...live.live, entries: live.entries, scores: live.check.scores, live: true };
  const { record } = live?.kept ?? (await openRecommendation(run));
  const groups = groupErrors(facts.entries, facts.history, facts.from, seed);
  const findings = forecastFindings({ ...facts, groups, method: record.method.name, seed });
  const drift = live === null ? [] : driftFindings(live.check);
  return {
    run,
    kind: 'recommendation',
    title: `${record.method.name} on ${plainWords(record.scenario)}`,
    findings: [...findings, ...drift],
    groups,
  };
}

/** [periods] held out where no newer sales came in. */
const HELD_OUT = { day: 28, week: 13, month: 6 } as const;

/** The kept method fitted without the last periods, and its forecasts of them. */
async function heldOut(run: string, seed: number, report?: (line: string) => void) {
  const { record, history } = await openRecommendation(run);
  const { horizon } = record;
  const periods = history.periods.length;
  const from = Math.max(1, periods - Math.min(HELD_OUT[history.periodLength], Math.ceil(periods / 3)));
  const span = { until: from, horizon };
  const planned = rollLiveForecasts({ history, from, horizon, fitted: await fitKept(record, history, span, report) });
  const naive = rollLiveForecasts({ history, from, horizon, fitted: await fitNaive(history, span) });
  const entries = liveEntries(planned, naive);
  return { history, from, entries, scores: scoreLive(entries, seed), live: false };
}

function driftFindings({ drift, cost, action }: NonNullable<Awaited<ReturnType<typeof checkKeptSales>>>['check']): Finding[] {
  const found: Finding[] = [];
  if (drift.items.length > 0) {
    const named = drift.items
      .slice(0, 3)
      .map(({ item, description, since, kind }) => `${plainWords(item)} ${plainWords(description)} (${kind} since ${since})`);
    found.push({
      id: 'drift',
      section: 'Where it fails',
      text: `${drift.items.length} items have drifted: first of all ${named.join('; ')}.`,
    });
  }
  if (cost.entries > 0 && Number.isFinite(cost.difference.value)) {
    found.push({
      id: 'cost',
      section: 'How it is doing',
      text: `Its orders came to cost ${cost.live.toFixed(2)}, where ${cost.promised.toFixed(2)} was promised (${shareText(cost.difference.value, { signed: true })}).`,
    });
  }
  if (action !== 'nothing') found.push({ id: 'try-action', section: 'What to try', text: `Monitoring says: ${action}.` });
  return found;
}
