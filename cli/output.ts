import { createProgress, type Progress } from './progress.ts';

/** Where a command's words go: its result to standard output, everything else to standard error. */
export interface Output {
  /** Prints the one result: a JSON object, or text for people. */
  result(value: object, form: { readonly json: boolean; readonly text: () => string | Promise<string> }): Promise<void>;
  /** A line for people, on standard error. */
  log(line: string): void;
  /** A bar, or a line now and then where standard error is no terminal. */
  progress(title: string): Promise<Progress>;
}

export function createOutput({ stdout = process.stdout, stderr = process.stderr } = {}): Output {
  return {
    result: async (value, { json, text }) => {
      stdout.write(`${json ? JSON.stringify(value, plainArrays) : (await text()).trimEnd()}\n`);
    },
    log: (line) => {
      stderr.write(`${line}\n`);
    },
    progress: (title) => createProgress(title, stderr),
  };
}

/** Typed arrays are written as lists of numbers. */
function plainArrays(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float64Array) : value;
}
