import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Cell, type Outcome, trainCell } from './agents/cell.ts';
import { type Study, studies } from './agents/studies.ts';
import { markdown, summarise } from './agents/tables.ts';

// Agents with their default settings over all studies: each trained cell, in a process of its own, is one line of the output file. Broken off, the same
// command goes on where it was. One JSON object on standard output; the tables, in Markdown, and what is done go to standard error.
const { values: options } = parseArgs({
  options: {
    /** Names of studies. */
    only: { type: 'string' },
    agent: { type: 'string' },
    seeds: { type: 'string' },
    /** knob=value,value: only variants with one of these; repeatable. */
    where: { type: 'string', multiple: true, default: [] },
    /** Trains cells anew that have a line already; the last line of a cell is the one that counts. */
    again: { type: 'boolean', default: false },
    /** Trains nothing: prints what the file holds. */
    print: { type: 'boolean', default: false },
    out: { type: 'string', default: '.cache/bench/agents.ndjson' },
    processes: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    cell: { type: 'string' },
  },
});

if (options.cell !== undefined) await trainOne(JSON.parse(options.cell));
else await trainAll();

async function trainOne(cell: Cell): Promise<void> {
  console.log(JSON.stringify(await trainCell(cell, studyNamed(cell.study))));
}

async function trainAll(): Promise<void> {
  const chosen = studies.filter(({ name }) => allows(options.only, name)).map((study) => ({ study, cells: cellsOf(study) }));
  const all = chosen.flatMap(({ cells }) => cells);
  if (all.length === 0) throw new Error(`no such cells; studies are ${studies.map(({ name }) => name).join(', ')}`);
  const known = new Map(readOutcomes().map((outcome) => [keyOf(outcome), outcome]));
  const wanted = new Map(all.map((cell) => [keyOf(cell), cell]));
  const waiting = options.print ? [] : [...wanted.values()].filter((cell) => options.again || !known.has(keyOf(cell)));
  mkdirSync(dirname(options.out), { recursive: true });
  const work = async () => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
      const outcome = await inChild(cell).catch(told);
      if (outcome === null) continue;
      appendFileSync(options.out, `${JSON.stringify(outcome)}\n`);
      known.set(keyOf(outcome), outcome);
      process.stderr.write(`${keyOf(outcome)}: ${inWords(outcome)}\n`);
    }
  };
  await Promise.all(Array.from({ length: Number(options.processes) }, work));
  const results = chosen.flatMap(({ study, cells }) =>
    study.agents.flatMap((agent) => {
      const outcomes = cells.filter((cell) => cell.agent === agent).flatMap((cell) => known.get(keyOf(cell)) ?? []);
      if (outcomes.length === 0) return [];
      const summary = summarise(study, agent, outcomes);
      process.stderr.write(`\n${markdown(study, summary, outcomes)}\n`);
      return [{ ...summary, outcomes }];
    }),
  );
  console.log(JSON.stringify({ benchmark: 'agents', missing: wanted.size - countKnown(wanted, known), results }));
}

function countKnown(wanted: ReadonlyMap<string, Cell>, known: ReadonlyMap<string, Outcome>): number {
  return [...wanted.keys()].filter((key) => known.has(key)).length;
}

function studyNamed(name: string): Study {
  const study = studies.find((candidate) => candidate.name === name);
  if (!study) throw new Error(`study "${name}": expected one of ${studies.map((candidate) => candidate.name).join(', ')}`);
  return study;
}

function cellsOf({ name, scenario, variants, agents, seeds }: Study): Cell[] {
  const where = options.where.map((text) => text.split('='));
  return variants
    .filter((variant) => where.every(([knob, values]) => knob in variant && allows(values, variant[knob])))
    .flatMap((variant) => agents.flatMap((agent) => seeds.map((seed) => ({ study: name, scenario, variant, agent, seed }))))
    .filter(({ agent, seed }) => allows(options.agent, agent) && allows(options.seeds, seed));
}

/** A list with commas, which allows everything where there is none. */
function allows(list: string | undefined, value: string | number): boolean {
  return list === undefined || list.split(',').includes(String(value));
}

/** A cell that is in two studies is trained once. */
function keyOf({ scenario, variant, agent, seed }: Cell): string {
  return [scenario, ...Object.entries(variant).map((pair) => pair.join('=')), agent, `seed ${seed}`].join(' ');
}

function inWords({ gapPercent, costPerPeriod, differences, clairvoyant, seconds, cpuSeconds, peakMegabytes }: Outcome): string {
  const cost = gapPercent === null ? `cost ${costPerPeriod.toFixed(4)}` : `${gapPercent.toFixed(3)} % above the optimum`;
  const others = differences.map(({ policy, mean, ci95 }) => `${mean.toFixed(4)} [${ci95?.map((end) => end.toFixed(4))}] to ${policy}`);
  const left = clairvoyant === null ? [] : [`${(100 * clairvoyant.gapLeft).toFixed(1)} % of the gap to the clairvoyant bound left`];
  return [cost, ...others, ...left, `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU, ${peakMegabytes.toFixed(0)} MB`].join(
    '; ',
  );
}

function readOutcomes(): Outcome[] {
  if (!existsSync(options.out)) return [];
  return readFileSync(options.out, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** A cell that fails is told of, and does not keep the others from being trained. */
function told(error: unknown): null {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
  return null;
}

/** One cell in a process of its own; its run is kept beside the output file. */
function inChild(cell: Cell): Promise<Outcome> {
  const script = join(dirname(fileURLToPath(import.meta.url)), '..', 'scripts', 'bench.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, 'agents', '--cell', JSON.stringify(cell)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, REPLENISH_HOME: process.env.REPLENISH_HOME ?? resolve(dirname(options.out)) },
  });
  return new Promise((done, failed) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done(JSON.parse(text)) : failed(new Error(`${keyOf(cell)}: ended with ${code}`))));
  });
}
