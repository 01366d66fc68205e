import { once } from 'node:events';
import { UserError } from '../env/index.ts';
import type { Output } from './output.ts';
import type { Session } from './session.ts';

/** Exit codes that scripts rely on. */
export const exitCode = { ok: 0, fault: 1, badInput: 2, actionNeeded: 3, interrupted: 130 } as const;

interface Run {
  readonly work: (session: Session) => Promise<void>;
  readonly output: Output;
  readonly debug: boolean;
}

/** Runs a command to its end and says how it went: 0 or what the command says, or 2 for bad input, or 1 for a fault of the program. */
export async function runCommand({ work, output, debug }: Run): Promise<number> {
  const interruption = createInterruption(output);
  const open: (() => Promise<void>)[] = [];
  let ended: number = exitCode.ok;
  const endWith = (code: number): void => {
    ended = code;
  };
  try {
    await work({ output, signal: interruption.signal, stayUp: (close) => void open.push(close), endWith });
    if (open.length > 0) await interruption.awaited();
    return ended;
  } catch (error) {
    if (interruption.signal().aborted && isAbort(error)) return exitCode.interrupted;
    output.log(describe(error, debug));
    return error instanceof UserError ? exitCode.badInput : exitCode.fault;
  } finally {
    await Promise.all(open.map((close) => close()));
    interruption.end();
  }
}

interface Interruption {
  signal(): AbortSignal;
  awaited(): Promise<void>;
  end(): void;
}

/** Ctrl-C as a signal, from the moment at which a command asks for it: one that keeps nothing is simply ended. */
function createInterruption(output: Output): Interruption {
  const controller = new AbortController();
  const { signal } = controller;
  let listening = false;
  let first = 0;
  const interrupt = (): void => {
    // npm passes Ctrl-C on to a program that the terminal has told already: the same one twice is no second one.
    if (signal.aborted && performance.now() - first < 1000) return;
    if (signal.aborted) process.exit(exitCode.interrupted);
    first = performance.now();
    output.log('Ending; press Ctrl-C again to end at once.');
    controller.abort();
  };
  const listen = (): AbortSignal => {
    if (!listening) process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    listening = true;
    return signal;
  };
  return {
    signal: listen,
    awaited: async () => {
      if (!listen().aborted) await once(signal, 'abort');
    },
    end: () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt),
  };
}

function describe(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `Fault: ${String(error)}`;
  if (debug) return error.stack ?? error.message;
  if (error instanceof UserError) return error.message.replaceAll(/\s*\n\s*/g, ' ');
  return `Fault of the program: ${error.message.split('\n')[0]} (--debug shows where)`;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
