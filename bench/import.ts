import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { importSales } from '../forecasting/index.ts';

// A file of daily sales, 25 million lines unless another number of millions is given, read, cleaned and added up to weeks. The file is made by a
// process of its own, so that the memory is that of the import alone. npm run -s bench -- import [MILLIONS]
const DAYS = 1000;
const MAKE = '--make';

async function makeFile(path: string, lines: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
  const connection = await instance.connect();
  const items = Math.ceil(lines / DAYS);
  await connection.run(`COPY (
    SELECT DATE '2022-01-01' + (range // ${items})::INTEGER AS date, 'item-' || lpad((range % ${items})::VARCHAR, 5, '0') AS item,
      (hash(range) % 20)::INTEGER AS quantity, round(1 + (range % 97) / 10, 2) AS price
    FROM range(${lines})) TO '${path}' (HEADER)`);
}

async function measure(lines: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'));
  try {
    const file = join(folder, 'sales.csv');
    execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), MAKE, file, String(lines)]);
    const cpu = process.cpuUsage();
    const start = performance.now();
    const { report } = await importSales({ sales: file });
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    console.log(
      JSON.stringify({
        benchmark: 'import',
        lines: report.lines,
        fileMegabytes: Math.round(statSync(file).size / 1e6),
        items: report.items,
        weeks: report.periods,
        seconds: Number(seconds.toFixed(1)),
        cpuSeconds: Number(((user + system) / 1e6).toFixed(1)),
        peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1000),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === MAKE) await makeFile(process.argv[3], Number(process.argv[4]));
else await measure(Math.round(Number(process.argv[2] ?? 25) * 1e6));
