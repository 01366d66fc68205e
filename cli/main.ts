import yargs, { type Argv } from 'yargs';
import { UserError } from '../env/index.ts';
import { asksForHelp, type Command, refuseUnknownCommand } from './command.ts';
import { commands } from './commands/index.ts';
import { createOutput } from './output.ts';
import { runCommand } from './run-command.ts';
import type { Session } from './session.ts';
import { packageVersion } from './version.ts';

/** Runs one command line, without `replenish` itself, and gives its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const output = createOutput();
  return runCommand({
    work: async (session) => {
      await createParser(session, argv).parseAsync();
    },
    output,
    debug: argv.includes('--debug'),
  });
}

function createParser(session: Session, argv: readonly string[]): Argv {
  const parser = yargs([...argv])
    .scriptName('replenish')
    .usage('replenish COMMAND [options]')
    .parserConfiguration({
      'boolean-negation': true,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .version(packageVersion())
    .help()
    .wrap(Math.min(120, process.stdout.columns ?? 100))
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error instanceof UserError || message === null ? error : new UserError(explain(message, argv));
    });
  for (const command of commands) command.register(parser, session);
  return parser.check((args) => asksForHelp(args) || refuseUnknownCommand(args._[0], commands), false);
}

/** What the parser says, in our words. */
function explain(message: string, argv: readonly string[]): string {
  const command = called(argv);
  if (command !== undefined && message.startsWith('Not enough non-option arguments')) {
    return `${command.name}: ${command.demanded.join(' and ')} expected after the command; for example: replenish ${command.example}`;
  }
  const option = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  return option === undefined ? message : `--${option} needs a value after it: see replenish ${command?.name ?? ''} --help`;
}

/** The command that the words of a command line name. */
function called(argv: readonly string[]): Command | undefined {
  let found: Command | undefined;
  let choices = commands;
  for (const word of argv) {
    const next = choices.find(({ name }) => name === word);
    if (next === undefined) continue;
    found = next;
    choices = next.children;
  }
  return found;
}
