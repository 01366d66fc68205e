import { UserError } from '../../env/index.ts';
import type { RecommendationRecord, RunRecord, StoredRun } from '../runs/records.ts';
import { readStoredRun } from '../runs/store.ts';
import { calibrationSection } from './calibration-section.ts';
import { Drawing } from './charts/drawing.ts';
import { configurationSections, repeatSection } from './configuration-section.ts';
import { costSections } from './costs-section.ts';
import { curveSections } from './curve-section.ts';
import type { ReportDocument, Section } from './document.ts';
import { type GatherOptions, grouped, runFacts, type ScenarioFacts, scenarioFacts } from './facts.ts';
import { Labels } from './labels.ts';
import { mapSections } from './map-section.ts';
import { type RecommendationFacts, recommendationFacts } from './recommendation-facts.ts';
import { recommendationSections } from './recommendation-section.ts';
import { summarySection } from './summary-section.ts';
import { checkWritable, formatOf, type ReportFormat, writeReport } from './write-report.ts';

export interface ReportOptions extends GatherOptions {
  readonly runs: readonly string[];
  readonly file: string;
  /** Default: by the file's name. */
  readonly format?: ReportFormat;
}

export interface ReportResult {
  readonly file: string;
  readonly format: ReportFormat;
  readonly runs: readonly string[];
  /** All files written: those of Markdown's charts too. */
  readonly files: readonly string[];
  readonly sections: readonly string[];
  /** What could not be had, and why. */
  readonly omitted: readonly string[];
}

/**
 * Writes one report on runs: HTML in one file that needs no network, or Markdown with its charts beside it.
 * @throws UserError for a run that there is not, or a file that cannot be written
 */
export async function report({ runs, file, format = formatOf(file), ...gather }: ReportOptions): Promise<ReportResult> {
  const twice = runs.find((run, k) => runs.indexOf(run) !== k);
  if (twice !== undefined) throw new UserError(`report: run ${twice} is given twice; expected each run once`);
  const records = await Promise.all(runs.map(readStoredRun));
  await checkWritable(file);
  const trained = await Promise.all(records.filter(isTraining).map(runFacts));
  const recommended: RecommendationFacts[] = [];
  for (const record of records.filter(isRecommendation)) recommended.push(await recommendationFacts(record));
  const groups = grouped(trained);
  const facts: ScenarioFacts[] = [];
  for (const [k, group] of groups.entries()) {
    const onProgress = (part: number, doing: string) => gather.onProgress?.((k + part) / groups.length, doing);
    facts.push(await scenarioFacts(group, { ...gather, onProgress }));
  }
  gather.signal?.throwIfAborted();
  const drawing = await Drawing.open();
  const document = documentOf({ facts, recommended, runs, file }, drawing);
  const files = await writeReport(document, { file, format });
  return {
    file,
    format,
    runs,
    files,
    sections: document.sections.map(({ title }) => title),
    omitted: [...facts, ...recommended].flatMap(({ omitted }) => omitted),
  };
}

function isTraining(record: StoredRun): record is RunRecord {
  return record.kind !== 'recommendation';
}

function isRecommendation(record: StoredRun): record is RecommendationRecord {
  return record.kind === 'recommendation';
}

interface Reported {
  readonly facts: readonly ScenarioFacts[];
  readonly recommended: readonly RecommendationFacts[];
  readonly runs: readonly string[];
  readonly file: string;
}

function documentOf({ facts, recommended, runs, file }: Reported, drawing: Drawing): ReportDocument {
  const labels = new Labels(facts.flatMap((one) => one.runs.map(({ record }) => record)));
  const parts = [
    ...facts.map((one, k) => ({ name: one.scenario, title: one.title, sections: scenarioSections(one, labels, drawing, `s${k + 1}`) })),
    ...recommended.map((one, k) => {
      const { scenario, asOf } = one.record;
      return { name: `${scenario}, ${asOf}`, title: `Orders for ${asOf}`, sections: recommendationSections(one, drawing, `r${k + 1}`) };
    }),
  ];
  const several = parts.length > 1;
  const [first] = parts;
  const sections = parts.flatMap((part) =>
    several
      ? part.sections.map((one, n) => ({ ...one, title: `${part.name}: ${one.title}`, newPage: one.newPage || n === 0 }))
      : part.sections,
  );
  return {
    title: several ? `${runs.length} runs` : first.title,
    subtitle: several
      ? parts.map(({ title }) => title).join('; ')
      : `${runs.length === 1 ? `Run ${runs[0]}` : `${runs.length} runs`} of ${first.name}`,
    sections: [...sections, repeatSection(facts, runs, file)],
  };
}

function scenarioSections(facts: ScenarioFacts, labels: Labels, drawing: Drawing, anchor: string): Section[] {
  const { calibration } = facts;
  const held = 'of the weeks that were held out, by a method fitted on those before, against what was sold';
  return [
    summarySection(facts, labels, anchor),
    ...costSections(facts, labels, drawing, anchor),
    ...curveSections(facts, labels, drawing, anchor),
    ...mapSections(facts, labels, drawing, anchor),
    ...(calibration === null ? [] : [calibrationSection(calibration, held, drawing, anchor)]),
    ...configurationSections(facts, labels, anchor),
  ];
}
