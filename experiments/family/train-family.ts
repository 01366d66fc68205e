import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  boundsOf,
  fitConfig,
  fitKnots,
  saveUniversalNetwork,
  type UniversalConfig,
  UniversalNetwork,
  universalConfigSchema,
} from '../../agents/index.ts';
import { UserError } from '../../env/index.ts';
import { openTensors } from '../../neural/index.ts';
import { openFamily } from '../../scenarios/index.ts';
import { saveArchive } from '../runs/artefacts.ts';
import { clearHalfWritten } from '../runs/checkpoints.ts';
import type { RunRecord } from '../runs/records.ts';
import { newRunId, readRun, runFolder, saveRun } from '../runs/store.ts';
import { productVersions } from '../versions.ts';
import type { Chunk } from './chunk.ts';
import { readTries } from './chunk-files.ts';
import { canFitBeside, FitBeside } from './fit-beside.ts';
import { workChunks } from './workers.ts';

/** What a run that trains for a family has in place of an agent's name. */
export const FAMILY_AGENT = 'universal';

export interface FamilyProgress {
  /** Part done, 0 to 1. */
  readonly part: number;
  readonly doing: string;
}

interface Going {
  /** Processes at once. Default 1. */
  readonly cores?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FamilyProgress) => void;
  readonly onStart?: (run: string) => void;
  readonly onMessage?: (message: string) => void;
}

export interface TrainFamilyOptions extends Going {
  /** One that ships, by its name, or a YAML file. */
  readonly family: string;
  /** `name=value` settings laid over it. */
  readonly set?: readonly string[];
  readonly seed?: number;
  /** Knobs. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface TrainFamilyResult {
  readonly run: string;
  readonly family: string;
  readonly agent: 'dcl';
  readonly backend: string;
  readonly items: number;
  /** Periods simulated to try orders, all lanes together. */
  readonly steps: number;
  readonly seconds: number;
  /** Of the network from what the tries say, at the end [nats]. */
  readonly divergence: number;
}

/** Items per file: few enough that little is lost when training is broken off. */
const CHUNK = 100;
/** About the part of the time that is spent trying orders. */
const TRYING = 0.6;

/**
 * Trains one network for all items of a family: searches each one's levels, tries orders in its states, and fits. The same
 * seed gives the same weights, on however many cores, broken off and resumed or not.
 * @throws UserError for a family that cannot be read or that the network cannot order for, or a knob out of range
 */
export async function trainFamily({
  family: source,
  set = [],
  seed = 0,
  settings = {},
  ...going
}: TrainFamilyOptions): Promise<TrainFamilyResult> {
  const family = await openFamily(source, set);
  const config = readConfig(settings);
  const startedAt = new Date();
  const record: RunRecord = {
    run: newRunId({ scenario: family.id, agent: FAMILY_AGENT, startedAt }),
    scenario: source,
    settings: set,
    agent: FAMILY_AGENT,
    seed,
    config,
    agentInterface: {},
    backend: '',
    embedder: null,
    versions: productVersions(),
    startedAt: startedAt.toISOString(),
    steps: 0,
    seconds: 0,
    finished: false,
  };
  await saveRun(record);
  return sit(record, config, going);
}

/**
 * Goes on with such a run: chunks that are there are not worked on again.
 * @throws UserError where the run is finished, missing, or of another kind
 */
export async function resumeFamily(run: string, going: Going = {}): Promise<TrainFamilyResult> {
  const record = await readRun(run);
  if (record.agent !== FAMILY_AGENT)
    throw new UserError(`run "${run}" is of the agent ${record.agent}; expected one that was trained for a family`);
  if (record.finished) throw new UserError(`run "${run}" is finished; train a new run`);
  await clearHalfWritten(run);
  return sit(record, readConfig(record.config), going);
}

function readConfig(settings: Readonly<Record<string, unknown>>): UniversalConfig {
  const result = universalConfigSchema.safeParse(settings);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const known = Object.keys(universalConfigSchema.shape);
  const unknown = Object.keys(settings).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new UserError(`agent.${unknown}: there is no such knob of training for a family; expected one of ${known.join(', ')}`);
  const name = issue.path.map(String).join('.');
  throw new UserError(`agent.${name}: ${JSON.stringify(settings[String(issue.path[0])])}; ${issue.message}`);
}

async function sit(record: RunRecord, config: UniversalConfig, going: Going): Promise<TrainFamilyResult> {
  const { onMessage, onStart } = going;
  const { run, scenario } = record;
  const began = performance.now();
  const secondsSoFar = () => record.seconds + (performance.now() - began) / 1000;
  onStart?.(run);
  onMessage?.(`one network for the items of ${scenario}, run ${run}`);
  const beside = (going.cores ?? 1) > 1 && canFitBeside ? new FitBeside() : null;
  try {
    const making = makeNetwork({ record, config, going, beside });
    const { network, backend, divergence, work } = await making.catch(async (error: unknown) => {
      await saveRun({ ...record, seconds: secondsSoFar() });
      throw error;
    });
    await saveArchive(run, 'checkpoint/policy', saveUniversalNetwork(network));
    const seconds = secondsSoFar();
    await saveRun({ ...record, backend, steps: work, seconds, finished: true });
    await rm(join(runFolder(run), 'chunks'), { recursive: true, force: true });
    return { run, family: scenario, agent: 'dcl', backend, items: config.items, steps: work, seconds, divergence };
  } finally {
    await beside?.close();
  }
}

interface Making {
  readonly record: RunRecord;
  readonly config: UniversalConfig;
  readonly going: Going;
  readonly beside: FitBeside | null;
}

async function makeNetwork({ record, config, going, beside }: Making) {
  const { scenario, seed, settings, versions } = record;
  const { signal, onProgress, onMessage } = going;
  const { tries, rule, facts, work } = await readTries(await tryOrders(record, config, going), config);
  const tensors = await openTensors();
  // A CUDA device is quicker by itself than with a core beside it.
  const divides = beside !== null && tensors.name === 'wasm';
  if (divides) onMessage?.('the fit is divided between two cores');
  const { divergence, ...parts } = await fitKnots({
    tensors,
    tries,
    config: fitConfig(config),
    seed,
    beside: divides ? (task) => beside.open(task) : undefined,
    onEpoch: async (part, reached) => {
      onProgress?.({ part: TRYING + part * (1 - TRYING), doing: `fitting, ${reached.toFixed(4)} nats from what the tries say` });
      await new Promise((done) => setImmediate(done));
      signal?.throwIfAborted();
    },
  });
  const origin = { family: scenario, settings, seed, config, versions, backend: tensors.name };
  const network = new UniversalNetwork({ ...parts, rule, perLevel: config.perLevel, bounds: boundsOf(facts), origin });
  return { network, backend: tensors.name, divergence, work };
}

/** Does the chunks that are missing; gives the files of all. */
async function tryOrders(
  { run, scenario, settings, seed }: RunRecord,
  config: UniversalConfig,
  { cores = 1, signal, onProgress }: Going,
): Promise<string[]> {
  const total = config.items;
  const chunks = Array.from({ length: Math.ceil(total / CHUNK) }, (_, k): Chunk => {
    const file = join(runFolder(run), 'chunks', `tries-${k}.bin`);
    return { family: scenario, settings, seed, config, from: k * CHUNK, count: Math.min(CHUNK, total - k * CHUNK), file };
  });
  const missing: Chunk[] = [];
  for (const chunk of chunks) if (!(await exists(chunk.file))) missing.push(chunk);
  let done = total - missing.reduce((items, { count }) => items + count, 0);
  const onItem = () => {
    done++;
    const doing = `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} items whose orders are tried`;
    onProgress?.({ part: (TRYING * done) / total, doing });
  };
  if (missing.length > 0) await workChunks(missing, { cores, signal, onItem });
  return chunks.map(({ file }) => file);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
