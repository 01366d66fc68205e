import {
  createDcl,
  createDqn,
  createPpo,
  dclConfigSchema,
  dqnConfigSchema,
  ppoConfigSchema,
  settleDqn,
  settlePpo,
  type Trainer,
} from '../agents/index.ts';
import { environmentTerms, UserError, type VectorEnvironment } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { basePolicy, settleBase } from './base-policy.ts';

/** An agent that can be trained. */
interface TrainableAgent {
  /** Every knob as it will be used. @throws UserError naming the knob, its value and what was expected */
  readonly config: (settings: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> & { readonly steps: number };
  /** The knobs with what they leave to the scenario decided: to be kept, so that a resumed run decides nothing anew. */
  readonly settle: (knobs: Knobs, place: Place) => Promise<Knobs & { readonly steps: number }>;
  readonly create: (options: Place & { readonly environment: VectorEnvironment; readonly config: Knobs }) => Promise<Trainer>;
}

type Knobs = Readonly<Record<string, unknown>>;

/** What is trained in, and on which seed. */
interface Place {
  readonly loaded: LoadedScenario;
  readonly seed: number;
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
  readonly shape: Readonly<Record<string, unknown>>;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string;
}

function trainable<C extends { readonly steps: number }>(
  schema: Schema<C>,
  create: (options: Place & { environment: VectorEnvironment; config: C }) => Promise<Trainer>,
  settle: (config: C, place: Place) => Promise<C> = async (config) => config,
): TrainableAgent {
  const parse = (settings: Readonly<Record<string, unknown>>): C => {
    const result = schema.safeParse(settings);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    if (issue.code === 'unrecognized_keys') {
      const unknown = Object.keys(settings).find((key) => !(key in schema.shape));
      throw new UserError(`agent.${unknown}: there is no such knob; expected one of ${Object.keys(schema.shape).join(', ')}`);
    }
    const name = issue.path.map(String).join('.');
    throw new UserError(`agent.${name}: ${JSON.stringify(settings[name])}; ${issue.message}`);
  };
  return {
    config: (settings) => ({ ...parse(settings) }),
    settle: async (knobs, place) => ({ ...(await settle(parse(knobs), place)) }),
    create: ({ config, ...rest }) => create({ ...rest, config: parse(config) }),
  };
}

const TRAINABLE: Readonly<Record<string, TrainableAgent>> = {
  ppo: trainable(ppoConfigSchema, createPpo, async (config, { loaded }) => settlePpo(config, environmentTerms(loaded.scenario))),
  dqn: trainable(dqnConfigSchema, createDqn, async (config, { loaded }) => settleDqn(config, environmentTerms(loaded.scenario))),
  dcl: trainable(
    dclConfigSchema,
    async ({ loaded: { scenario, agentInterface }, loaded, environment: { lanes }, config, seed }) =>
      createDcl({ scenario, agentInterface, lanes, base: await basePolicy(config.base, { loaded, seed }), config, seed }),
    async (config, place) => ({ ...config, base: await settleBase(config.base, place) }),
  ),
};

/** Names of the agents that can be trained. */
export const agentNames: readonly string[] = Object.keys(TRAINABLE);

/** @throws UserError for a name that is not among `agentNames` */
export function trainableAgent(name: string): TrainableAgent {
  if (Object.hasOwn(TRAINABLE, name)) return TRAINABLE[name];
  throw new UserError(`agent "${name}": expected one of ${agentNames.join(', ')}`);
}
