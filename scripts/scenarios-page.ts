import { readFileSync } from 'node:fs';
import type { TradeOutcome, TradeResult } from '../bench/scenarios/cell.ts';
import type { NotesWorth } from '../bench/scenarios/notes-worth.ts';
import { agentKnobs } from '../experiments/index.ts';
import { readScenarioDocument, type ScenarioDocument } from '../scenarios/index.ts';

const MEASURED = new URL('../docs/scenarios.json', import.meta.url);

/** docs/scenarios.md: the trades as their presets tell of them, with what `npm run -s bench -- scenarios` measured. */
export async function scenariosPage(): Promise<string> {
  const measured: { readonly trades: readonly TradeOutcome[]; readonly missing: readonly string[] } = JSON.parse(
    readFileSync(MEASURED, 'utf8'),
  );
  const sections = [];
  for (const outcome of measured.trades) sections.push(section(await readScenarioDocument(outcome.scenario), outcome));
  for (const id of measured.missing)
    sections.push(`${told(await readScenarioDocument(id))}\nNot measured yet: \`npm run -s bench -- scenarios --only ${id}\`.\n`);
  return `# Scenarios of every trade

Made by \`npm run -s docs\` from the presets and from docs/scenarios.json, which \`npm run -s bench -- scenarios --write\` measures: each scenario in a process of
its own; broken off, the same command goes on where it was. \`--only grocery,cash\` and \`--agents ppo\` take a part of it, \`--again\` measures anew. To see one by yourself:
\`replenish scenarios show grocery\`, \`replenish compare grocery\`, \`replenish train grocery --agent ppo\`, \`replenish compare grocery --vary notes=true,false\`.

Every policy meets the same demand, never seen in training or tuning; intervals are of 95 %. Baselines are tuned by simulation, the first one named being the cheapest on the demand
of its tuning; differences are paired with it. Agents have their default settings and one training seed (1), but that dcl does 150 million of its 600 million steps of work.
The bound is what nobody could have gone below who knew all demand, prices and disruptions to come, on a part of the evaluation's lanes and periods; "gap left" is the part of the cheapest
baseline's distance to it that a policy leaves: nobody can reach 0 %, and more than 100 % is worse than that baseline.

What counting the notes saves is the cost with forecasts that do not count what is announced less that with forecasts that do, on the same demand: of the cheapest baseline of each, tuned in each, and of ppo,
trained and evaluated in each.
${earlier(measured.trades)}
${summaryTable(measured.trades)}
${sections.join('\n')}`;
}

/** Which trades ppo was trained in before it made as many steps as it does by now. */
function earlier(trades: readonly TradeOutcome[]): string {
  const usual = Number(agentKnobs('ppo').find(({ name }) => name === 'steps')?.default);
  const before = trades.filter(({ training }) => training.some(({ agent, steps }) => agent === 'ppo' && steps < usual));
  if (before.length === 0) return '';
  return `\nMeasured before ppo's defaults became what they are, with fewer steps: ${before.map(({ scenario }) => scenario).join(', ')}.\n`;
}

function summaryTable(trades: readonly TradeOutcome[]): string {
  const rows = trades.map((trade) => {
    const { scenario, results, training } = trade;
    const [best] = results;
    const agents = training.map(({ agent }) => `${agent} ${verdict(results.find(({ policy }) => policy === agent))}`);
    return `| [${scenario}](#${scenario}) | ${best.policy} ${money(best.costPerPeriod)} | ${agents.join('; ')} | ${trade.notes.map((worth) => `${worth.policy} ${saving(worth)}`).join('; ')} |`;
  });
  return `| scenario | cheapest baseline, cost per period | learned agents, to it | what counting the notes saves |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

/** What an agent's cost is to the cheapest baseline's, in words, with the money per period behind it. */
function verdict(result: TradeResult | undefined): string {
  if (!result?.toBest) return '';
  const { mean, ci95 } = result.toBest;
  const half = ci95 === null ? null : (ci95[1] - ci95[0]) / 2;
  const spread = half === null ? '' : ` ± ${money(half)}`;
  if (half !== null && Math.abs(mean) < half) return `no different (${signed(mean)}${spread})`;
  return `${mean < 0 ? 'cheaper' : 'dearer'} (${signed(mean)}${spread})`;
}

/** What counting the notes saves, with its interval and as a part of the cost without them. */
function saving({ costWithout, saved: { mean, ci95 } }: NotesWorth): string {
  const percent = ((100 * mean) / Math.abs(costWithout)).toFixed(0).replace('-', '−');
  return `${interval(mean, ci95)} a period (${percent} %)`;
}

function worthOfNotes({ notes }: TradeOutcome, { knobs }: ScenarioDocument): string[] {
  if (knobs.notes === undefined) return [];
  if (notes.length === 0) return ['What counting the notes saves is not measured yet.'];
  const lines = notes.map(
    (worth, k) =>
      `${k === 0 ? `the cheapest baseline (${worth.without})` : `${worth.without}, trained so,`} costs ${money(worth.costWithout)}: counting it saves ${k === 0 ? worth.policy : 'it'} ${saving(worth)}`,
  );
  return [`With forecasts that do not count what the notes announce, ${lines.join('; ')}.`];
}

function told({ id, title, story, source, lesson }: ScenarioDocument): string {
  return `\n## ${id}\n\n**${title}.** ${story ?? ''}.\n\n*To learn from it*: ${lesson ?? ''}.\n\n*Where its numbers come from*: ${source ?? ''}.\n`;
}

function section(document: ScenarioDocument, outcome: TradeOutcome): string {
  const { id, solver } = document;
  const { lanes, periods, results, bound, training } = outcome;
  const rows = results.map(
    ({ policy, parameters, costPerPeriod, ci95, toBest, fillRate, gapLeftPercent }) =>
      `| ${policy}${parametersOf(parameters)} | ${interval(costPerPeriod, ci95)} | ${toBest === null ? '' : interval(toBest.mean, toBest.ci95, signed)} | ${fillRate === null ? '' : `${(100 * fillRate).toFixed(1)} %`} | ${gapLeftPercent === null ? '' : `${gapLeftPercent.toFixed(0)} %`} |`,
  );
  const trained = training.map(
    ({ agent, steps, cpuSeconds }) => `${agent} ${steps.toLocaleString('en-US')} steps in ${cpuSeconds.toFixed(0)} s of CPU`,
  );
  const lines = [
    `${lanes.toLocaleString('en-US')} lanes x ${periods.toLocaleString('en-US')} periods. Training: ${trained.join('; ')}.`,
    bound === null
      ? 'No bound is worked out.'
      : `Bound ${interval(bound.costPerPeriod, bound.ci95)} on ${bound.lanes} lanes x ${bound.periods} periods, on which the cheapest baseline costs ${money(bound.baseline)}${bound.solved < bound.lanes ? ` (${bound.solved} of the lanes solved to the end; of the others what was proved in a second)` : ''}.`,
    ...(solver === null ? [] : [`Its optimum is computed by \`${solver}\`.`]),
    ...worthOfNotes(outcome, document),
  ];
  return `${told(document)}
| policy | cost per period | to the cheapest baseline | fill rate | gap left |\n|---|---|---|---|---|\n${rows.join('\n')}\n\n${lines.join(' ')}\n
    npm run -s bench -- scenarios --only ${id}\n`;
}

function parametersOf(parameters: unknown): string {
  if (typeof parameters !== 'object' || parameters === null) return '';
  const all = Object.entries(parameters);
  return all.length === 0 || all.length > 8 ? '' : `, ${all.map(([name, value]) => `${name} ${value}`).join(', ')}`;
}

function interval(value: number, ci95: readonly [number, number] | null, print: (value: number) => string = money): string {
  return ci95 === null ? print(value) : `${print(value)} ± ${money((ci95[1] - ci95[0]) / 2)}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${money(Math.abs(value))}`;
}

function money(value: number): string {
  const digits = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3;
  return value.toFixed(digits).replace('-', '−');
}
