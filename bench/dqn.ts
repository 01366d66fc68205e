import { createDqn } from '../agents/learning/index.ts';
import { lostSales, lostSalesLanes, trainingSpeed } from './support/training-speed.ts';

/** Past the steps of pure exploration before learning starts. */
const WARM = 8;

// DQN with its default settings, looking ahead as it does, and without.
async function measure(config: { readonly lookahead?: number }) {
  const trainer = await createDqn({ environment: lostSalesLanes(256), seed: 1, config });
  return { backend: trainer.backend, ...trainingSpeed(trainer, { warm: WARM, iterations: 60 }) };
}

const plain = await measure({ lookahead: 0 });
console.log(JSON.stringify({ benchmark: 'dqn', scenario: lostSales.title, ...(await measure({})), plain }));
