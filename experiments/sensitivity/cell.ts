import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../env/index.ts';
import { decodeArchive, encodeArchive } from '../../neural/index.ts';
import { loadScenario } from '../../scenarios/index.ts';
import { type MeasuredPolicy, type MeasuredVariant, measureVariant } from '../measure-variant.ts';
import { writeWhole } from '../runs/store.ts';
import type { Settings } from '../vary.ts';

/** One variant of a sensitivity, measured at once and kept in a file of its own. Plain data. */
export interface Cell {
  readonly scenario: string;
  /** Laid over the scenario in every cell. */
  readonly set: readonly string[];
  /** What this cell varies. */
  readonly settings: Settings;
  /** Null: the scenario's baselines. */
  readonly policies: readonly string[] | null;
  readonly runs: readonly string[];
  readonly seed: number;
  readonly lanes?: number;
  readonly periods?: number;
  readonly file: string;
}

/** What is told of a cell while it is worked on. */
export type CellTold =
  | { readonly kind: 'progress'; readonly part: number; readonly doing: string }
  | { readonly kind: 'message'; readonly message: string };

const KIND = 'sensitivity-cell';

/** Measures a cell and writes its file, whole or not at all. */
export async function workCell(cell: Cell, tell: (told: CellTold) => void, signal?: AbortSignal): Promise<void> {
  const { scenario, set, settings, policies, runs, seed, lanes, periods, file } = cell;
  const onMessage = (message: string) => tell({ kind: 'message', message });
  const measured = await measureVariant({
    settings,
    load: (varied) => loadScenario(scenario, { set: [...set, ...varied], onMessage }),
    policies: policies ?? undefined,
    runs,
    seed,
    lanes,
    periods,
    signal,
    onProgress: (part, doing) => tell({ kind: 'progress', part, doing }),
    onMessage,
  });
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, encode(measured));
}

function encode({ policies, ...head }: MeasuredVariant): Uint8Array {
  const told = policies.map(({ cost, ...rest }) => rest);
  const costs = Object.fromEntries(policies.map(({ cost }, k) => [`cost${k}`, cost]));
  // Text, so that every number comes back as it was.
  return encodeArchive({ kind: KIND, data: { head: JSON.stringify({ ...head, policies: told }) }, arrays: costs });
}

type Head = Omit<MeasuredVariant, 'policies'> & { readonly policies: readonly Omit<MeasuredPolicy, 'cost'>[] };

/** What a cell came to. @throws UserError where its file is damaged */
export async function readCell(file: string): Promise<MeasuredVariant> {
  const { data, arrays } = decodeArchive(await readFile(file), { name: file, kind: KIND });
  const head: Head = JSON.parse(String(data.head));
  const policies = head.policies.map((policy, k) => {
    const cost = arrays[`cost${k}`];
    if (!(cost instanceof Float64Array)) throw new UserError(`${file}: damaged, costs are missing; remove it and run the command again`);
    return { ...policy, cost };
  });
  return { ...head, policies };
}
