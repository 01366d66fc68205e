import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { UserError } from '../env/index.ts';
import type { MethodResult } from './backtest.ts';
import { mixtureQuantile } from './distribution/index.ts';
import type { History } from './history.ts';

/** Characters that are written in one go. */
const CHUNK = 1 << 20;

/**
 * Writes what was scored as CSV: item,date,origin,method,mean,p10,p50,p90,actual, where `date` is the first day of the period forecast and `origin`
 * that of the first period that was not known. The file is there whole or not at all. @throws UserError where it cannot be written
 */
export function writePredictions(file: string, history: History, methods: readonly Pick<MethodResult, 'method' | 'scored'>[]): void {
  writeCsv(file, predictionLines(history, methods));
}

function* predictionLines(history: History, methods: readonly Pick<MethodResult, 'method' | 'scored'>[]): Generator<string> {
  yield 'item,date,origin,method,mean,p10,p50,p90,actual\n';
  for (const { method, scored } of methods) {
    for (let k = 0; k < scored.actual.length; k++) {
      const distribution = scored.distributions[k];
      const [p10, p50, p90] = [0.1, 0.5, 0.9].map((level) => mixtureQuantile(distribution, level));
      const origin = scored.origin[k];
      const days = `${history.periods[origin + scored.ahead[k]]},${history.periods[origin]}`;
      const item = quoted(history.items[scored.item[k]].id);
      yield `${item},${days},${method},${Number(scored.mean[k].toPrecision(8))},${p10},${p50},${p90},${scored.actual[k]}\n`;
    }
  }
}

/** Writes lines beside the file and renames. @throws UserError where the file cannot be written */
export function writeCsv(file: string, lines: Iterable<string>): void {
  const beside = `${file}.${process.pid}.part`;
  try {
    const handle = openSync(beside, 'w');
    try {
      let waiting = '';
      for (const line of lines) {
        waiting += line;
        if (waiting.length < CHUNK) continue;
        writeSync(handle, waiting);
        waiting = '';
      }
      writeSync(handle, waiting);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file}: cannot be written (${reason}); expected a path in a folder that exists; correct it or make the folder`);
  }
}

/** A cell as CSV has it. */
export function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
