import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { partClasses } from './scenarios/car-parts.ts';
import { TRADES, type TradeOutcome, together, trade } from './scenarios/cell.ts';
import { AGENTS } from './scenarios/contenders.ts';

// The scenarios of the trades: learned agents, tuned baselines and a bound. Each scenario, in a process of its own, is one line of the output file; broken off,
// the same command goes on where it was. One JSON object on standard output. With --write it is kept in docs/scenarios.json, from which `npm run -s docs` makes docs/scenarios.md.
const { values: options } = parseArgs({
  options: {
    /** Names of scenarios. */
    only: { type: 'string' },
    agents: { type: 'string', default: AGENTS.join(',') },
    /** Runs scenarios anew that have a line already; the last line of one is the one that counts. */
    again: { type: 'boolean', default: false },
    /** Runs nothing: prints what the file holds. */
    print: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    out: { type: 'string', default: '.cache/bench/scenarios.ndjson' },
    cell: { type: 'string' },
    /** In place of all that: the statistics of the folder's carparts.csv.gz that the scenario manufacturing is made of. */
    'car-parts': { type: 'string' },
  },
});

if (options['car-parts'] !== undefined) console.log(JSON.stringify(partClasses(options['car-parts'])));
else if (options.cell !== undefined) console.log(JSON.stringify(await trade(options.cell, options.agents.split(','))));
else await all();

async function all(): Promise<void> {
  const chosen = TRADES.filter((name) => options.only === undefined || options.only.split(',').includes(name));
  if (chosen.length === 0) throw new Error(`--only ${options.only}: expected some of ${TRADES.join(', ')}`);
  const known = new Map<string, TradeOutcome>();
  const wanted = options.agents.split(',');
  for (const outcome of readOutcomes()) known.set(outcome.scenario, together(known.get(outcome.scenario), outcome));
  mkdirSync(dirname(options.out), { recursive: true });
  for (const name of options.print ? [] : chosen) {
    const done = options.again ? [] : (known.get(name)?.training.map(({ agent }) => agent) ?? []);
    const agents = wanted.filter((agent) => !done.includes(agent));
    if (agents.length === 0) continue;
    const outcome = await inChild(name, agents).catch(told);
    if (outcome === null) continue;
    appendFileSync(options.out, `${JSON.stringify(outcome)}\n`);
    known.set(name, together(known.get(name), outcome));
    process.stderr.write(
      `${name}: ${outcome.results.map(({ policy, costPerPeriod }) => `${policy} ${costPerPeriod.toFixed(3)}`).join(', ')}\n`,
    );
  }
  const result = {
    benchmark: 'scenarios',
    missing: TRADES.filter((name) => !known.has(name)),
    trades: TRADES.flatMap((name) => known.get(name) ?? []),
  };
  if (options.write) writeFileSync('docs/scenarios.json', `${JSON.stringify(result, null, 1)}\n`);
  console.log(JSON.stringify(result));
}

function readOutcomes(): TradeOutcome[] {
  if (!existsSync(options.out)) return [];
  const lines = readFileSync(options.out, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** A scenario that fails is told of, and does not keep the others from being run. */
function told(error: unknown): null {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
  return null;
}

/** One scenario in a process of its own; its runs are kept beside the output file. */
function inChild(name: string, agents: readonly string[]): Promise<TradeOutcome> {
  const script = join(dirname(fileURLToPath(import.meta.url)), '..', 'scripts', 'bench.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, 'scenarios', '--cell', name, '--agents', agents.join(',')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, REPLENISH_HOME: process.env.REPLENISH_HOME ?? resolve(dirname(options.out)) },
  });
  return new Promise((done, failed) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done(JSON.parse(text)) : failed(new Error(`${name}: ended with ${code}`))));
  });
}
