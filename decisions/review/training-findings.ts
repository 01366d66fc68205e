import type { CurvePoint, MetricsLine, RunRecord } from '../../experiments/index.ts';
import type { Finding } from './finding.ts';

export interface TrainingFacts {
  readonly record: RunRecord;
  readonly curve: readonly CurvePoint[];
  readonly metrics: readonly MetricsLine[];
  readonly evaluation: TrainingEvaluation | null;
}

/** What is read of a run's evaluation.json. */
export interface TrainingEvaluation {
  readonly optimum: number | null;
  readonly results: readonly { readonly policy: string; readonly costPerPeriod: number; readonly ci95: readonly [number, number] | null }[];
}

/** Relative changes of the cost below which the end of a curve is flat, and above which a rise is a relapse. */
const FLAT = 0.005;
const RELAPSE = 0.03;
/** [KL] an update moves the policy too far. */
const FAR = 0.05;

/** All findings about a training run. */
export function trainingFindings(facts: TrainingFacts): Finding[] {
  const { record, curve, metrics, evaluation } = facts;
  const found: Finding[] = [];
  const add = (id: string, section: Finding['section'], text: string) => found.push({ id, section, text });
  add(
    'steps',
    'How it is doing',
    `${record.agent} was trained on ${record.scenario} for ${record.steps.toLocaleString('en-US')} steps in ${Math.round(record.seconds)} seconds${record.finished ? '' : ' and did not finish'}.`,
  );
  judged(evaluation, add);
  learning(curve, add);
  updates(metrics, add);
  if (!record.finished) add('try-resume', 'What to try', `Go on with it: replenish train --resume ${record.run}.`);
  if (!found.some(({ section }) => section === 'What to try'))
    add('try-nothing', 'What to try', 'Nothing stands out: more seeds (train --seeds) would tell chance from skill.');
  return found;
}

type Add = (id: string, section: Finding['section'], text: string) => void;

function judged(evaluation: TrainingEvaluation | null, add: Add): void {
  if (evaluation === null || evaluation.results.length === 0) {
    add('unjudged', 'How it is doing', 'It was never evaluated on fresh demand.');
    return;
  }
  const [{ costPerPeriod, ci95 }, ...others] = evaluation.results;
  const interval = ci95 === null ? '' : `, 95 % of [${cost(ci95[0])}, ${cost(ci95[1])}]`;
  add('cost', 'How it is doing', `On fresh demand it costs ${cost(costPerPeriod)} a period${interval}.`);
  if (evaluation.optimum !== null) {
    const gap = costPerPeriod / evaluation.optimum - 1;
    add('gap', 'How it is doing', `The optimum costs ${cost(evaluation.optimum)}: it is ${percent(gap)} above.`);
    if (gap > 0.02) add('try-longer', 'What to try', 'Train longer, or with dcl, which improves on a base policy by simulation.');
  }
  for (const other of others) {
    if (other.costPerPeriod < costPerPeriod) {
      add(
        `beaten-${other.policy}`,
        'Where it fails',
        `${other.policy} is cheaper: ${cost(other.costPerPeriod)} against ${cost(costPerPeriod)}.`,
      );
    }
  }
}

function learning(curve: readonly CurvePoint[], add: Add): void {
  if (curve.length < 2) {
    add(
      'short',
      'Likely causes',
      `Its learning curve has ${curve.length === 1 ? 'one point' : 'no points'}: too few to tell how it learned.`,
    );
    return;
  }
  const costs = curve.map(({ costPerPeriod }) => costPerPeriod);
  const [first, last] = [costs[0], costs[costs.length - 1]];
  const best = Math.min(...costs);
  add(
    'curve',
    'How it is doing',
    `While training its cost went from ${cost(first)} to ${cost(last)}, best ${cost(best)}, over ${curve.length} evaluations.`,
  );
  const relapse = last / best - 1;
  if (relapse > RELAPSE) {
    add('relapse', 'Where it fails', `It ended ${percent(relapse)} above its best evaluation: it forgot what it knew.`);
    add('try-rate', 'What to try', 'A smaller learning rate (--set agent.learningRate=...), or stop early (--patience).');
  }
  const third = costs[Math.floor((2 * costs.length) / 3)];
  const gained = 1 - last / third;
  if (costs.length >= 6 && Math.abs(gained) < FLAT)
    add('plateau', 'Likely causes', `The last third of the training changed its cost by ${percent(-gained)}: a plateau.`);
  if (costs.length >= 6 && gained > 4 * FLAT) {
    add('learning', 'Likely causes', `It was still getting better when it ended: ${percent(gained)} in the last third.`);
    add('try-steps', 'What to try', 'More steps: it had not converged.');
  }
}

function updates(metrics: readonly MetricsLine[], add: Add): void {
  const late = metrics.slice(-Math.max(1, Math.floor(metrics.length / 4)));
  const mean = (name: string): number | null => {
    const values = late.flatMap((line) => (Number.isFinite(line[name]) ? [line[name]] : []));
    return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
  };
  const broken = metrics.filter((line) => Object.values(line).some((value) => !Number.isFinite(value))).length;
  if (broken > 0)
    add('broken', 'Likely causes', `${broken} of ${metrics.length} lines of its metrics hold numbers that are none: training broke down.`);
  const divergence = mean('divergence');
  if (divergence !== null && divergence > FAR) {
    add('divergence', 'Likely causes', `Each update moves the policy far: divergence ${divergence.toFixed(3)}, where ${FAR} is much.`);
    add('try-small', 'What to try', 'Smaller updates: a lower learning rate or fewer epochs.');
  }
  const explained = mean('explainedVariance');
  if (explained !== null && explained < 0.2)
    add(
      'critic',
      'Likely causes',
      `Its critic explains ${percent(Math.max(0, explained))} of the returns: it knows little of what is to come.`,
    );
  const entropy = mean('entropy');
  if (entropy !== null && entropy < 0.05)
    add('entropy', 'Likely causes', `Its policy has next to no entropy left (${entropy.toFixed(3)}): it no longer explores.`);
}

function cost(value: number): string {
  return value.toFixed(Math.abs(value) >= 1000 ? 0 : 3);
}

function percent(value: number): string {
  return `${(100 * value).toFixed(2)} %`;
}
