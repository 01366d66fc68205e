import { UserError } from '../env/index.ts';

/** What a client asked for does not fit where things stand; `expected` is what would have. */
export class Refusal extends UserError {
  readonly expected: string;

  constructor(message: string, expected: string) {
    super(message);
    this.expected = expected;
  }
}
