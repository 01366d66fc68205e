import { createDqn, createPpo, type DqnSettings, type PpoSettings, type Trainer } from '../../../agents/learning/index.ts';
import { createSupplyEnvironment, type VectorEnvironment } from '../../../env/index.ts';
import { store } from '../lost-sales.ts';

/** Settings small enough for tests, the same for every task in them. */
const PPO: PpoSettings = { steps: 4096, horizon: 8, minibatch: 32, hidden: [16], learningRate: 0.01, lookahead: 2 };
const DQN: DqnSettings = {
  steps: 4096,
  minibatch: 32,
  hidden: [16],
  learningRate: 0.01,
  lookahead: 2,
  updates: 2,
  learningStarts: 256,
  capacity: 2048,
  restart: 0,
};

/** Both agents, made alike. */
export const AGENTS = ['ppo', 'dqn'] as const;

export function createAgent(
  agent: (typeof AGENTS)[number],
  { environment, seed = 1, discount = 0.9 }: { environment: VectorEnvironment; seed?: number; discount?: number },
): Promise<Trainer> {
  return agent === 'ppo'
    ? createPpo({ environment, seed, config: { ...PPO, discount } })
    : createDqn({ environment, seed, config: { ...DQN, discount } });
}

/** Trains to the end of the plan. */
export function train(trainer: Trainer): void {
  while (trainer.steps < trainer.plannedSteps) trainer.step();
}

/** A shop that loses the sales it cannot serve, lead time 2, seen in standard deviations. */
export function shop({ lanes, seed = 1 }: { lanes: number; seed?: number }): ReturnType<typeof createSupplyEnvironment> {
  return createSupplyEnvironment({
    scenario: store({ shortageCost: 4, leadTime: 2, initialStock: 10 }),
    lanes,
    seed,
    observation: ['cover'],
    spreadStart: true,
  });
}
