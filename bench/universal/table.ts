import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { universalConfigSchema } from '../../agents/index.ts';

/** What stands beside a network that ships: how it was made, and what was measured of it, with the commands. */
interface Table {
  readonly network: string;
  readonly made: Readonly<Record<string, unknown>>;
  /** By part of the benchmark. */
  readonly measured: Readonly<Record<string, unknown>>;
}

export interface TablePart {
  readonly family: string;
  readonly origin: Readonly<Record<string, unknown>>;
  readonly part: string;
  readonly command: string;
  readonly result: object;
}

const DIGITS = 4;

/** Writes a part of what was measured into the table beside a network that ships, and leaves the other parts as they are where they are of the same network. */
export function writeTable({ family, origin, part, command, result }: TablePart): void {
  const file = fileURLToPath(new URL(`../../agents/universal/networks/${family}.json`, import.meta.url));
  const known: Table | null = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  const same = known !== null && JSON.stringify(known.made.origin) === JSON.stringify(origin);
  const table: Table = {
    network: `${family}.bin`,
    made: { command: trainingCommand(family, origin), origin },
    measured: { ...(same ? known.measured : {}), [part]: { command, ...result } },
  };
  writeFileSync(file, `${JSON.stringify(table, rounded, 2)}\n`);
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(DIGITS)) : value;
}

/** The command that makes a network: its settings are the knobs that are not as they are by default. */
function trainingCommand(family: string, { seed, config }: Readonly<Record<string, unknown>>): string {
  const usual: Readonly<Record<string, unknown>> = universalConfigSchema.parse({});
  const knobs = typeof config === 'object' && config !== null ? Object.entries(config) : [];
  const set = knobs
    .filter(([knob, value]) => JSON.stringify(value) !== JSON.stringify(usual[knob]))
    .map(([knob, value]) => ` --set agent.${knob}=${Array.isArray(value) ? value.join(',') : String(value)}`);
  return `replenish train --agent dcl --family ${family} --seed ${String(seed)}${set.join('')}`;
}
