import type { Command } from '../command.ts';
import { scenarios } from './scenarios.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [scenarios];
