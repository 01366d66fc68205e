import type { Output } from './output.ts';

/** What a running command is given besides its arguments. */
export interface Session {
  readonly output: Output;
  /** A signal that Ctrl-C aborts: end soon, keep what was done. Until a command asks for it, Ctrl-C ends the program at once. */
  signal(): AbortSignal;
  /** The program stays up after the result was printed, until Ctrl-C; then this is called. */
  stayUp(close: () => Promise<void>): void;
  /** The exit code of a command that did its work: 0 unless it says something else. */
  endWith(code: number): void;
}
