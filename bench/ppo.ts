import { createPpo } from '../agents/learning/index.ts';
import { createSupplyEnvironment, type Scenario } from '../env/index.ts';

const LANES = 256;
const ITERATIONS = 10;

/** Lost sales, Poisson demand with mean 5, p = 4, lead time 4. */
const scenario: Scenario = {
  id: 'lost-sales',
  title: 'Lost sales, p = 4, lead time 4, Poisson 5',
  periods: null,
  warmUp: 100,
  items: [{ id: 'item' }],
  locations: [{ id: 'store', holdingCost: 1, shortage: { kind: 'lost', cost: 4 }, initialStock: 10 }],
  links: [{ from: 'supplier', to: 'store', leadTime: 4 }],
  demand: [{ location: 'store', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } } }],
};

/** Default settings, or without looking ahead: plain PPO, 64 periods between updates, to be held against other implementations. */
async function measure(config: { readonly lookahead?: number; readonly horizon?: number }) {
  const environment = createSupplyEnvironment({ scenario, lanes: LANES, seed: 1, observation: ['cover'], spreadStart: true });
  const trainer = await createPpo({ environment, seed: 1, config });
  trainer.step();
  const before = { ...trainer.stopwatch.seconds };
  const started = performance.now();
  for (let k = 0; k < ITERATIONS; k++) trainer.step();
  const total = (performance.now() - started) / 1000;
  const steps = ITERATIONS * trainer.config.horizon * LANES;
  const updates = (steps / trainer.config.minibatch) * trainer.config.epochs;
  const { simulate, act, update } = trainer.stopwatch.seconds;
  const seconds = { simulate: simulate - before.simulate, act: act - before.act, update: update - before.update };
  return {
    backend: trainer.backend,
    stepsPerSecond: Math.round(steps / total),
    updateMilliseconds: (1000 * seconds.update) / updates,
    actMicrosecondsPerLane: actMicroseconds(trainer.policy(), environment.reset({ seed: 2 }).slice()),
    seconds: { ...seconds, other: total - seconds.simulate - seconds.act - seconds.update },
  };
}

/** Of the policy at work, without training. */
function actMicroseconds(
  policy: { act(observations: Float32Array, lanes: number, actions: Int32Array): void },
  observations: Float32Array,
): number {
  const actions = new Int32Array(LANES);
  for (let k = 0; k < 200; k++) policy.act(observations, LANES, actions);
  const started = performance.now();
  for (let k = 0; k < 500; k++) policy.act(observations, LANES, actions);
  return ((performance.now() - started) * 1000) / (500 * LANES);
}

const plain = await measure({ lookahead: 0, horizon: 64 });
console.log(JSON.stringify({ benchmark: 'ppo', scenario: scenario.title, ...(await measure({})), plain }));
