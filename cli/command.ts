import type { Argv, InferredOptionTypes, Options, PositionalOptions } from 'yargs';
import { UserError } from '../env/index.ts';
import { closestName } from './closest-name.ts';
import { commonOptions } from './options.ts';
import type { Session } from './session.ts';

type Flags = Readonly<Record<string, Options>>;
type Words = Readonly<Record<string, PositionalOptions>>;

/** What a command is called with: its words and options by name. */
export type Arguments<W extends Words, F extends Flags> = InferredOptionTypes<W> &
  InferredOptionTypes<F> &
  InferredOptionTypes<typeof commonOptions>;

export interface CommandSpec<W extends Words, F extends Flags, R extends object> {
  readonly name: string;
  readonly describe: string;
  /** What stands after the name, in order; a word that is not demanded comes last. */
  readonly words: W;
  readonly options: F;
  /** A whole command line that works, without `replenish`. */
  readonly example: string;
  /** What stands at the end of its help. */
  readonly notes?: () => Promise<string>;
  /** Does the work. The result is what `--json` prints. */
  readonly run: (args: Arguments<W, F>, session: Session) => Promise<R>;
  /** The result for people: what is printed without `--json`. */
  readonly print: (result: R, args: Arguments<W, F>) => string | Promise<string>;
  /** What is wrong with a result that was printed all the same: ends the command with exit code 2. */
  readonly complaint?: (result: R, args: Arguments<W, F>) => string | undefined;
}

/** A command, or a group of commands, that can be hung into a parser. */
export interface Command {
  readonly name: string;
  readonly example: string;
  /** Words that must be given, as they stand in the help. */
  readonly demanded: readonly string[];
  readonly children: readonly Command[];
  register(parser: Argv, session: Session, group?: string): Argv;
}

export function defineCommand<W extends Words, F extends Flags, R extends object>(spec: CommandSpec<W, F, R>): Command {
  const words = Object.entries(spec.words);
  const options: Flags = { ...spec.options, ...commonOptions };
  const usage = [
    spec.name,
    ...words.map(([word, { demandOption, array }]) => bracket(`${word}${array ? '..' : ''}`, Boolean(demandOption))),
  ];
  return {
    name: spec.name,
    example: spec.example,
    demanded: words.filter(([, { demandOption }]) => demandOption).map(([word]) => word),
    children: [],
    register: (parser, session, group) =>
      parser.command(
        usage.join(' '),
        spec.describe,
        (own) => {
          for (const [word, details] of words) own.positional(word, details);
          own.options(spec.options).options(commonOptions).example(`replenish ${spec.example}`, '');
          const known = [...Object.keys(options), ...Object.keys(spec.words)];
          own.check(
            (args) => asksForHelp(args) || refuseUnknown(args, known, group === undefined ? spec.name : `${group} ${spec.name}`),
            false,
          );
          return spec.notes === undefined ? own : spec.notes().then((text) => own.epilogue(text));
        },
        async (parsed: unknown) => {
          // The parser was given these words and options: what it hands back has their types.
          const args = parsed as Arguments<W, F>;
          const result = await spec.run(args, session);
          await session.output.result(result, { json: args.json, text: () => spec.print(result, args) });
          const complaint = spec.complaint?.(result, args);
          if (complaint !== undefined) throw new UserError(complaint);
        },
      ),
  };
}

/** Commands under one name: `runs list`, `runs show`. */
export function defineGroup(spec: { readonly name: string; readonly describe: string; readonly children: readonly Command[] }): Command {
  return {
    name: spec.name,
    example: spec.children[0].example,
    demanded: [],
    children: spec.children,
    register: (parser, session) =>
      parser.command(spec.name, spec.describe, (own) => {
        for (const child of spec.children) child.register(own, session, spec.name);
        return own.check((args) => asksForHelp(args) || refuseUnknownCommand(args._[1], spec.children, spec.name), false);
      }),
  };
}

/** Ends with a UserError: none of the commands was called by its name. */
export function refuseUnknownCommand(received: string | number | undefined, commands: readonly Command[], group?: string): never {
  const names = commands.map(({ name }) => name);
  const of = group === undefined ? '' : ` of ${group}`;
  const expected = `expected one of ${names.join(', ')}`;
  if (received === undefined) throw new UserError(`No command${of} given: ${expected}; for example: replenish ${commands[0].example}`);
  const meant = closestName(String(received), names);
  const fix = meant === undefined ? 'see replenish --help' : `did you mean ${[group, meant].filter(Boolean).join(' ')}?`;
  throw new UserError(`Unknown command '${received}'${of}: ${expected}; ${fix}`);
}

/** The parser answers these itself, and checks all the same. */
export function asksForHelp(args: Readonly<Record<string, unknown>>): boolean {
  return args.help === true || args.version === true;
}

function refuseUnknown(args: Readonly<Record<string, unknown>>, known: readonly string[], command: string): true {
  const words = (args._ as readonly (string | number)[]).map(String);
  const extra = words[command.split(' ').length];
  if (extra !== undefined)
    throw new UserError(`'${extra}' is one word too many for ${command}; expected options only: see replenish ${command} --help`);
  const unknown = Object.keys(args).find((key) => key !== '_' && key !== '$0' && !known.includes(key) && !known.includes(dashed(key)));
  if (unknown === undefined) return true;
  const meant = closestName(unknown, known);
  const flags = known.map((name) => `--${name}`);
  const fix = meant === undefined ? `see replenish ${command} --help` : `did you mean --${meant}?`;
  throw new UserError(`Unknown option --${unknown} for ${command}: expected ${flags.join(', ')}; ${fix}`);
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function bracket(word: string, demanded: boolean): string {
  return demanded ? `<${word}>` : `[${word}]`;
}
