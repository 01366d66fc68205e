import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { solveExact } from '../agents/index.ts';
import { evaluate, makePolicy, train } from '../experiments/index.ts';
import { loadScenario } from '../scenarios/index.ts';

// Agents with their default settings on Zipkin's lost-sales cells, against the exact optimum on fresh demand. Each trained cell is one line of the
// output file: broken off, the same command goes on where it was. Options: --agent, --seeds 1,2, --demand, --shortage, --leadTimes, --out, --processes.
const { values: options } = parseArgs({
  options: {
    agent: { type: 'string', default: 'ppo' },
    seeds: { type: 'string', default: '1' },
    demand: { type: 'string', default: 'poisson,geometric' },
    shortage: { type: 'string', default: '4,9,19,39' },
    leadTimes: { type: 'string', default: '1,2,3,4' },
    out: { type: 'string', default: '.cache/bench/lost-sales-agents.ndjson' },
    processes: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    cell: { type: 'string' },
  },
});

interface Cell {
  readonly agent: string;
  readonly demand: string;
  readonly shortageCost: number;
  readonly leadTime: number;
  readonly seed: number;
}

interface Outcome extends Cell {
  readonly optimum: number;
  readonly gapPercent: number;
  readonly gapCi95: readonly [number, number];
  readonly seconds: number;
  readonly steps: number;
}

const EVALUATION = { lanes: 1024, periods: 10_000 };
/** Far from any training seed. */
const EVALUATION_SEED = 1_000_000;

if (options.cell !== undefined) console.log(JSON.stringify(await trainCell(JSON.parse(options.cell))));
else await trainAll();

async function trainCell(cell: Cell): Promise<Outcome> {
  const { agent, demand, shortageCost, leadTime, seed } = cell;
  const loaded = await loadScenario('lost-sales', { set: [`demand=${demand}`, `shortageCost=${shortageCost}`, `leadTime=${leadTime}`] });
  const began = performance.now();
  const { run, steps } = await train({ loaded, agent, seed, evaluation: null, curvePoints: 1 });
  // All of it: what an agent tunes before its first step too.
  const seconds = (performance.now() - began) / 1000;
  const { policy } = await makePolicy(`run:${run}`, { loaded });
  const optimum = solveExact(loaded.scenario);
  const [result] = evaluate({ scenario: loaded.scenario, policies: [policy], ...EVALUATION, seed: EVALUATION_SEED, optimum }).results;
  const { gapPercent, gapCi95 } = result;
  if (gapPercent === undefined || !gapCi95) throw new Error('an evaluation against an optimum gives a gap');
  return { ...cell, optimum: optimum.costPerPeriod, gapPercent, gapCi95, seconds, steps };
}

async function trainAll(): Promise<void> {
  const done = readOutcomes();
  const key = ({ agent, demand, shortageCost, leadTime, seed }: Cell) => `${agent} ${demand} ${shortageCost} ${leadTime} ${seed}`;
  const known = new Map(done.map((outcome) => [key(outcome), outcome]));
  const cells = allCells();
  const waiting = cells.filter((cell) => !known.has(key(cell)));
  mkdirSync(dirname(options.out), { recursive: true });
  const work = async () => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
      const outcome = await inChild(cell);
      appendFileSync(options.out, `${JSON.stringify(outcome)}\n`);
      known.set(key(outcome), outcome);
      process.stderr.write(`${key(cell)}: ${outcome.gapPercent.toFixed(3)} % in ${outcome.seconds.toFixed(1)} s\n`);
    }
  };
  await Promise.all(Array.from({ length: Number(options.processes) }, work));
  const outcomes = cells.flatMap((cell) => known.get(key(cell)) ?? []);
  const gaps = outcomes.map(({ gapPercent }) => gapPercent);
  console.log(
    JSON.stringify({
      benchmark: 'lost-sales-agents',
      agent: options.agent,
      cells: outcomes.length,
      meanGapPercent: gaps.reduce((a, b) => a + b, 0) / gaps.length,
      worstGapPercent: Math.max(...gaps),
      longestSeconds: Math.max(...outcomes.map(({ seconds }) => seconds)),
      outcomes,
    }),
  );
}

function allCells(): Cell[] {
  const list = (text: string) => text.split(',');
  return list(options.demand).flatMap((demand) =>
    list(options.shortage).flatMap((shortage) =>
      list(options.leadTimes).flatMap((leadTime) =>
        list(options.seeds).map((seed) => ({
          agent: options.agent,
          demand,
          shortageCost: Number(shortage),
          leadTime: Number(leadTime),
          seed: Number(seed),
        })),
      ),
    ),
  );
}

function readOutcomes(): Outcome[] {
  if (!existsSync(options.out)) return [];
  return readFileSync(options.out, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** One cell in a process of its own: each uses one core. */
function inChild(cell: Cell): Promise<Outcome> {
  const script = join(dirname(fileURLToPath(import.meta.url)), '..', 'scripts', 'bench.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, 'lost-sales-agents', '--cell', JSON.stringify(cell)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`cell ${JSON.stringify(cell)} ended with ${code}`)),
    );
  });
}
