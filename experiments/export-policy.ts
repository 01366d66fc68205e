import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ActingNetwork, holdsUniversalNetwork, restoreActingNetwork } from '../agents/index.ts';
import { createSupplyEnvironment, type Space, UserError } from '../env/index.ts';
import { layersOf } from '../neural/index.ts';
import { loadScenario } from '../scenarios/index.ts';
import { recordedInterface } from './agent-interface.ts';
import { readArchive } from './runs/artefacts.ts';
import type { RunRecord } from './runs/records.ts';
import { readRun, writeWhole } from './runs/store.ts';
import { STANDALONE_POLICY } from './standalone-policy.ts';

export interface ExportOptions {
  readonly run: string;
  /** A folder; made where it is not there. */
  readonly out: string;
  /** As it was at the cheapest point of its learning curve, in place of the last. Default false. */
  readonly best?: boolean;
  readonly onMessage?: (message: string) => void;
}

export interface ExportedPolicy {
  readonly run: string;
  readonly out: string;
  readonly files: readonly string[];
  /** What it looks at, in order. */
  readonly features: readonly string[];
  readonly actionSpace: Space;
  readonly parameters: number;
}

/**
 * Writes a run's agent as an ES module with its weights, that acts without this program and without TensorFlow.js.
 * @throws UserError where there is no such run, or it has no policy yet
 */
export async function exportPolicy({ run, out, best = false, onMessage }: ExportOptions): Promise<ExportedPolicy> {
  const record = await readRun(run);
  const archive = await readArchive(run, best ? 'checkpoint/best' : 'checkpoint/policy');
  if (holdsUniversalNetwork(archive))
    throw new UserError(
      `run "${run}" is one network for many items, which is not exported; expected a run of one scenario: use it as --policy run:${run}`,
    );
  const network = restoreActingNetwork(archive);
  const { scenario } = await loadScenario(record.scenario, { set: record.settings, onMessage });
  const { observationSpace, actionSpace } = createSupplyEnvironment({
    scenario,
    lanes: scenario.laneNames?.length ?? 1,
    ...recordedInterface(record.agentInterface, run),
  });
  const features = observationSpace.names;
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const files = {
    'weights.js': `export const weights = ${JSON.stringify(weightsOf(network, features))};\n`,
    'policy.js': STANDALONE_POLICY,
    'package.json': `${JSON.stringify({ name: `policy-of-${run}`, private: true, type: 'module', main: 'policy.js' }, null, 2)}\n`,
    'README.md': readme(record, features, actionSpace),
  };
  for (const [name, content] of Object.entries(files)) await writeWhole(join(folder, name), content);
  return {
    run,
    out: folder,
    files: Object.keys(files),
    features,
    actionSpace: network.actionSpace,
    parameters: network.parts.parameters.length,
  };
}

function weightsOf({ parts, actionSpace }: ActingNetwork, features: readonly string[]): object {
  const { shape, parameters, head, scaler } = parts;
  const numbers = (from: number, to: number) => Array.from(parameters.subarray(from, to));
  return {
    features,
    actionSpace: actionSpace.kind === 'box' ? { ...actionSpace, low: [...actionSpace.low], high: [...actionSpace.high] } : actionSpace,
    head,
    activation: shape.activation,
    scaler: scaler === undefined ? null : scaling(scaler, shape.inputs),
    layers: layersOf(shape).map(({ inputs, outputs, weights, biases, end }) => ({
      inputs,
      outputs,
      weights: numbers(weights, biases),
      biases: numbers(biases, end),
    })),
  };
}

/** Means and factors as the agent's scaler works them out of what it saved. */
function scaling(saved: Float64Array, features: number): object {
  const count = saved[0];
  const squares = [...saved.subarray(1 + features)];
  const scale = squares.map((square) => (square > 1e-9 * count ? 1 / Math.sqrt(square / count) : 1));
  return { mean: [...saved.subarray(1, 1 + features)], scale, limit: 10 };
}

function readme({ run, scenario, agent, agentInterface }: RunRecord, features: readonly string[], space: Space): string {
  const actions = space.kind === 'discrete' ? [`${space.name}: 0 to ${space.count - 1}`] : space.names;
  return `# A policy of Replenish

Run \`${run}\`, agent ${agent}, scenario ${scenario}. \`policy.js\` needs nothing but \`weights.js\`:

\`\`\`js
import { act, features } from './policy.js';
const [action] = act([${features.map(() => '0').join(', ')}]); // one number for each of the features
\`\`\`

Features, in order: ${features.map((name) => `\`${name}\``).join(', ')}.
Actions: ${actions.join(', ')}; how they become orders: \`${JSON.stringify(agentInterface.actions)}\`.
`;
}
