import { type ActingNetwork, createPpo } from '../agents/learning/index.ts';
import { lostSales, lostSalesLanes, trainingSpeed } from './support/training-speed.ts';

const LANES = 256;

/** Default settings, or without looking ahead: plain PPO, 64 periods between updates, to be held against other implementations. */
async function measure(config: { readonly lookahead?: number; readonly horizon?: number }, iterations: number) {
  const environment = lostSalesLanes(LANES);
  const trainer = await createPpo({ environment, seed: 1, config });
  const speed = trainingSpeed(trainer, { warm: 2, iterations });
  const updates = (speed.steps / trainer.config.minibatch) * trainer.config.epochs;
  return {
    backend: trainer.backend,
    ...speed,
    updateMilliseconds: (1000 * speed.seconds.update) / updates,
    actMicrosecondsPerLane: actMicroseconds(trainer.policy(), environment.reset({ seed: 2 }).slice()),
  };
}

/** Of the policy at work, without training. */
function actMicroseconds(policy: ActingNetwork, observations: Float32Array): number {
  const actions = new Int32Array(LANES);
  for (let k = 0; k < 200; k++) policy.act(observations, LANES, actions);
  const started = performance.now();
  for (let k = 0; k < 500; k++) policy.act(observations, LANES, actions);
  return ((performance.now() - started) * 1000) / (500 * LANES);
}

const plain = await measure({ lookahead: 0, horizon: 64 }, 20);
console.log(JSON.stringify({ benchmark: 'ppo', scenario: lostSales.title, ...(await measure({}, 20)), plain }));
