import type { Output } from './output.ts';

/** What a running command is given besides its arguments. */
export interface Session {
  readonly output: Output;
  /** Aborted by Ctrl-C: end soon, keep what was done. */
  readonly signal: AbortSignal;
  /** The program stays up after the result was printed, until Ctrl-C; then this is called. */
  stayUp(close: () => Promise<void>): void;
}
