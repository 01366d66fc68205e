import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Options } from 'yargs';
import { UserError } from '../../../env/index.ts';
import type { Answer, Question } from '../../../scenarios/index.ts';
import { defineCommand } from '../../command.ts';
import { QUESTION_OPTIONS } from './question-options.ts';

const outOption = {
  type: 'string',
  requiresArg: true,
  describe: 'The file to write; the id with .yaml unless given',
} as const satisfies Options;

/** Writes a new scenario file from answers: options, what is typed where somebody is there to type, and defaults. */
export const newScenarioCommand = defineCommand({
  name: 'new',
  describe: 'Asks a few questions and writes a scenario file; every answer is an option too',
  words: {},
  options: { ...QUESTION_OPTIONS, out: outOption },
  example: 'scenarios new --id corner-shop --mean 8 --lead-time 3 --out corner-shop.yaml',
  run: async (args) => {
    const { newScenario, QUESTIONS } = await import('../../../scenarios/index.ts');
    const answers = await answersTo(QUESTIONS, args);
    const file = args.out ?? `${answers.id}.yaml`;
    const { document, yaml } = newScenario(answers, dirname(resolve(file)));
    await writeNew(file, yaml);
    return { file, scenario: document };
  },
  print: ({ file, scenario: { id } }) =>
    `${file} holds the scenario "${id}". What next:\n  replenish scenarios check ${given(file)}\n  replenish compare ${given(file)}`,
});

/** A scenario's file is told from a preset's id by a dot or a slash. */
function given(file: string): string {
  return /[./\\]/.test(file) ? file : `./${file}`;
}

async function answersTo<Name extends string>(
  questions: readonly (Question & { readonly name: Name })[],
  args: Readonly<Record<string, unknown>>,
): Promise<Record<Name, Answer>> {
  const { readAnswer } = await import('../../../scenarios/index.ts');
  const asked = process.stdin.isTTY && args.json !== true ? new Asking() : null;
  const answers = new Map<string, Answer>();
  try {
    for (const question of questions) {
      const { name, ask, after, default: preset } = question;
      const typed = args[name];
      const idle = after !== undefined && answers.get(after) === null;
      if (typeof typed === 'string') answers.set(name, readAnswer(question, typed));
      else if (asked === null || idle) answers.set(name, preset);
      else answers.set(name, await asked.answer(`${ask} [${preset ?? ''}]: `, (text) => readAnswer(question, text)));
    }
  } finally {
    asked?.close();
  }
  return Object.fromEntries(answers) as Record<Name, Answer>;
}

/** Somebody who is asked. Lines typed ahead, or pasted, are kept for the questions to come. */
class Asking {
  readonly #readline = createInterface({ input: process.stdin, output: process.stderr });
  readonly #lines = this.#readline[Symbol.asyncIterator]();

  constructor() {
    // Else Ctrl-C would only end the input, and the defaults would be written.
    this.#readline.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  }

  /** Asks again after an answer that cannot be; once the input has ended, every answer is the default. */
  async answer(question: string, read: (text: string) => Answer): Promise<Answer> {
    for (;;) {
      this.#readline.setPrompt(question);
      this.#readline.prompt();
      const { value, done } = await this.#lines.next();
      try {
        return read(done ? '' : value);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        process.stderr.write(`${error.message}\n`);
      }
    }
  }

  close(): void {
    this.#readline.close();
  }
}

/** Writes beside and renames; what is there is not written over. */
async function writeNew(file: string, text: string): Promise<void> {
  if (existsSync(file))
    throw new UserError(`--out ${file}: this file is there already; expected a new one: give another name, or take it away`);
  if (!existsSync(dirname(resolve(file))))
    throw new UserError(`--out ${file}: there is no folder ${dirname(file)}; expected one that is there: make it first`);
  const beside = `${file}.${process.pid}.part`;
  await writeFile(beside, text, { flag: 'wx' });
  await rename(beside, file);
}
