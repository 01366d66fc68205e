import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { Simulator, UserError } from '../env/index.ts';
import { applySettings, splitSettings } from './overrides.ts';
import { type ScenarioDocument, scenarioDocument } from './schema.ts';
import { solverOf } from './solver.ts';
import { expandTemplate } from './template.ts';
import { toScenario } from './to-scenario.ts';

const PRESETS = new URL('./presets/', import.meta.url);

/** Something that is wrong with a scenario file, with the path of the field. */
export interface DocumentError {
  readonly path: string;
  readonly message: string;
}

export interface ScenarioSummary {
  readonly id: string;
  readonly title: string;
  readonly field: string;
  /** What computes its optimum, or null. */
  readonly optimum: string | null;
}

/** The presets that ship with the product. */
export async function listScenarios(): Promise<ScenarioSummary[]> {
  const ids = await presetIds();
  const documents = await Promise.all(ids.map((id) => readScenarioDocument(id)));
  return documents.map(({ id, title, field, solver }) => ({ id, title, field, optimum: solver }));
}

/**
 * A scenario as it is written down: a preset by its id, or a YAML file by its path, with `name=value` settings laid over it.
 * @throws UserError naming the field, its value and what was expected
 */
export async function readScenarioDocument(idOrFile: string, settings: readonly string[] = []): Promise<ScenarioDocument> {
  const document = documentWith(await readRaw(idOrFile), settings, idOrFile);
  return { ...document, solver: solverOf(document, scenarioFolder(idOrFile)) };
}

/**
 * A scenario as it was read, with settings laid over it; its solver as it is written. `name` is what it is called in messages.
 * @throws UserError naming the field, its value and what was expected
 */
export function documentWith(raw: Record<string, unknown>, settings: readonly string[], name: string): ScenarioDocument {
  const { given, others } = splitSettings(raw, settings);
  const result = validate(applySettings(expandTemplate(applySettings(raw, given)), others));
  if (result.ok) return result.document;
  const [first] = result.errors;
  throw new UserError(`${name}: ${first.path}: ${first.message}`);
}

/** Everything that is wrong with a scenario file; nothing: an empty list. */
export async function checkScenarioFile(file: string): Promise<{ ok: boolean; errors: DocumentError[] }> {
  const result = validate(expandTemplate(await readRaw(file)));
  if (!result.ok) return { ok: false, errors: result.errors };
  const errors = tryOut(result.document, file);
  return { ok: errors.length === 0, errors };
}

/** What only shows when the scenario is put together: how its fields fit each other. A catalogue is not read for it. */
function tryOut(document: ScenarioDocument, file: string): DocumentError[] {
  if (document.catalogue) return [];
  try {
    new Simulator({ scenario: toScenario(document, undefined, scenarioFolder(file)), lanes: 1 });
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const at = error.message.indexOf(': ');
    return [{ path: error.message.slice(0, Math.max(0, at)), message: error.message.slice(at < 0 ? 0 : at + 2) }];
  }
}

/** Paths in a scenario's file start from where the file is. */
export function scenarioFolder(idOrFile: string): string {
  return isFile(idOrFile) ? dirname(resolve(idOrFile)) : '.';
}

/** Is it the path of a file, rather than the name of one that ships? */
export function isFile(idOrFile: string): boolean {
  return /[./\\]/.test(idOrFile);
}

async function presetIds(): Promise<string[]> {
  const files = await readdir(PRESETS);
  return files
    .filter((file) => extname(file) === '.yaml')
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** A scenario's fields as they stand in its file. @throws UserError for a file that cannot be read, or holds something else */
export async function readRaw(idOrFile: string): Promise<Record<string, unknown>> {
  const presets = await presetIds();
  const file = isFile(idOrFile);
  if (!file && !presets.includes(idOrFile)) {
    throw new UserError(`scenario "${idOrFile}": expected one of ${presets.join(', ')}, or the path of a YAML file`);
  }
  const text = await readText(file ? idOrFile : fileURLToPath(new URL(`${idOrFile}.yaml`, PRESETS)));
  const parsed = parseDocument(text, { prettyErrors: true });
  if (parsed.errors.length > 0) {
    const [{ message }] = parsed.errors;
    throw new UserError(
      `${idOrFile}: ${message.split('\n')[0].replace(/:$/, '')}; expected YAML, see scenarios show lost-sales for an example`,
    );
  }
  const raw: unknown = parsed.toJS();
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new UserError(
      `${idOrFile}: expected a scenario with fields such as id, locations, links and demand; see scenarios show lost-sales`,
    );
  }
  return Object.fromEntries(Object.entries(raw));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : 'it cannot be read';
    throw new UserError(`${file}: ${reason}; expected a preset's id or the path of a YAML file`);
  }
}

function validate(raw: Record<string, unknown>): { ok: true; document: ScenarioDocument } | { ok: false; errors: DocumentError[] } {
  const result = scenarioDocument.safeParse(raw, { reportInput: true });
  if (result.success) return { ok: true, document: result.data };
  return { ok: false, errors: result.error.issues.flatMap((issue) => describeIssue(issue)) };
}

type Issue = NonNullable<ReturnType<typeof scenarioDocument.safeParse>['error']>['issues'][number];

/** One line per thing that is wrong. Of the forms that a field may take, the one that came nearest speaks. */
function describeIssue(issue: Issue, above: readonly PropertyKey[] = []): DocumentError[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.reduce((best, form) => (depth(form) > depth(best) ? form : best));
    if (depth(nearest) > 0) return nearest.flatMap((inner) => describeIssue(inner, path));
  }
  return [{ path: path.map(String).join('.') || '(top)', message: messageOf(issue) }];
}

function messageOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    return `unknown field ${issue.keys.map((key) => `"${key}"`).join(', ')}; expected only what scenarios show lost-sales has, or leave it out`;
  }
  const value = givenValue(issue);
  const message = issue.code === 'invalid_union' ? messageOfForms(issue) : issue.message;
  return value === undefined ? message : `${JSON.stringify(value)}: ${message}`;
}

/** Of forms that all failed at once: what is wrong with one whose kind of value it is, else the kinds that there are. */
function messageOfForms(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const forms = issuesOfForms(issue);
  const ofKind = forms.find(({ code }) => code !== 'invalid_type');
  if (ofKind !== undefined) return ofKind.message;
  const kinds = [...new Set(forms.flatMap((form) => (form.code === 'invalid_type' ? [form.expected] : [])))];
  return kinds.length === 0 ? issue.message : `Invalid input: expected ${kinds.join(' or ')}`;
}

function issuesOfForms({ errors }: Extract<Issue, { code: 'invalid_union' }>): Issue[] {
  return errors.flatMap((form) => form.flatMap((issue) => (issue.code === 'invalid_union' ? issuesOfForms(issue) : [issue])));
}

/** What stood in the field; where a field says which form the rest has, that field's value. */
function givenValue(issue: Issue): unknown {
  const { input } = issue;
  if (issue.code !== 'invalid_union' || !issue.discriminator || typeof input !== 'object' || input === null) return input;
  return Object.entries(input).find(([name]) => name === issue.discriminator)?.[1];
}

function depth(issues: readonly Issue[]): number {
  return Math.min(...issues.map((issue) => issue.path.length));
}
