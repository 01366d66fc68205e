import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../env/index.ts';
import { type AgentKnob, agentKnobs } from '../agent-knobs.ts';
import type { Evaluation } from '../evaluate.ts';
import { FAMILY_AGENT } from '../family/train-family.ts';
import type { RecommendationRecord, RunRecord } from '../runs/records.ts';

/** Knobs of a run that are given by options of their own. */
const OPTIONS = ['steps', 'lanes'] as const;

/** The command that trains a run again. */
export function trainCommand(record: RunRecord): string {
  const { scenario, agent, seed, config, settings, plan } = record;
  const what = agent === FAMILY_AGENT ? ['--family', scenario] : [scenario, '--agent', agent];
  const options = agent === FAMILY_AGENT ? [] : OPTIONS.flatMap((name) => (name in config ? [`--${name}`, String(config[name])] : []));
  const stops = [
    ...(plan?.patience != null ? ['--patience', String(plan.patience)] : []),
    ...(plan?.stopAtGap != null ? ['--stop-at-gap', String(plan.stopAtGap)] : []),
    ...(plan !== undefined && plan.curvePoints !== DEFAULT_CURVE_POINTS ? ['--curve-points', String(plan.curvePoints)] : []),
  ];
  const knobs = changedKnobs(record).map(([name, value]) => `agent.${name}=${knobValue(value)}`);
  return command(['train', ...what, '--seed', String(seed), ...options, ...stops, ...set([...settings, ...knobs])]);
}

const DEFAULT_CURVE_POINTS = 10;

/** Those that were not left as they come, and what the scenario decided. */
function changedKnobs({ agent, config }: RunRecord): [string, unknown][] {
  const defaults = new Map(knobsOf(agent).map((knob) => [knob.name, knob.default]));
  return Object.entries(config).filter(
    ([name, value]) => !OPTIONS.some((option) => option === name) && defaults.has(name) && !isDeepStrictEqual(value, defaults.get(name)),
  );
}

function knobsOf(agent: string): readonly AgentKnob[] {
  try {
    return agentKnobs(agent);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

function knobValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function evaluateCommand({ run, scenario, settings }: RunRecord, { seed, lanes, periods }: Evaluation): string {
  return command(['evaluate', scenario, '--policy', `run:${run}`, ...size({ seed, lanes, periods }), ...set(settings)]);
}

export function compareCommand(records: readonly RunRecord[], { seed, lanes, periods }: Evaluation): string {
  const [{ scenario, settings }] = records;
  return command([
    'compare',
    scenario,
    ...records.flatMap(({ run }) => ['--run', run]),
    ...size({ seed, lanes, periods }),
    ...set(settings),
  ]);
}

export function policyMapCommand(records: readonly RunRecord[]): string {
  const [{ scenario, settings, seed }] = records;
  const policies = records.flatMap(({ run }) => ['--policy', `run:${run}`]);
  return command(['policy-map', scenario, ...policies, '--seed', String(seed), ...set(settings)]);
}

/** The command that makes a recommendation from the same files; how they are read is left as it was found out. */
export function recommendCommand({ sources, policy, method, service, review, asOf, limits }: RecommendationRecord): string {
  const files = Object.entries(sources).flatMap(([option, file]) => [`--${option}`, file]);
  const numbers = { service, budget: limits.budget, storage: limits.storage };
  const given = Object.entries(numbers).flatMap(([option, value]) => (value === null ? [] : [`--${option}`, String(value)]));
  const options = ['--policy', policy, '--method', method.name, '--as-of', asOf, '--review', String(review), ...given];
  return command(['recommend', ...files, ...options]);
}

export function reportCommand(runs: readonly string[], file: string): string {
  return command(['report', ...runs, '--out', file]);
}

function size({ seed, lanes, periods }: Pick<Evaluation, 'seed' | 'lanes' | 'periods'>): string[] {
  return ['--seed', String(seed), '--lanes', String(lanes), '--periods', String(periods)];
}

function set(settings: readonly string[]): string[] {
  return settings.flatMap((setting) => ['--set', setting]);
}

/** A line that a shell reads as it is meant. */
export function command(words: readonly string[]): string {
  return ['npx', 'replenish', ...words].map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
