import type { Output } from './output.ts';

/** What a running command is given besides its arguments. */
export interface Session {
  readonly output: Output;
  /** Aborted by Ctrl-C: end soon, keep what was done. */
  readonly signal: AbortSignal;
}
