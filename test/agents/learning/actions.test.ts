import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDqn, createPpo } from '../../../agents/learning/index.ts';
import { createSupplyEnvironment, type Link, type Scenario, type SupplyEnvironment } from '../../../env/index.ts';
import { AGENTS, createAgent, shop } from './agents.ts';

function store(links: readonly Link[]): Scenario {
  return {
    id: 'store',
    title: 'A store with restricted links',
    periods: null,
    warmUp: 0,
    items: [{ id: 'item' }],
    locations: [{ id: 'store', holdingCost: 1, shortage: { kind: 'lost', cost: 9 }, initialStock: 5 }],
    links: [...links],
    demand: [{ location: 'store', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 3 } } }],
  };
}

const anyLink = fc.record({
  leadTime: fc.integer({ min: 0, max: 3 }),
  capacity: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
  batch: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  minimumOrder: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  disruptions: fc.option(fc.record({ kind: fc.constant('markov' as const), fail: fc.constant(0.3), recover: fc.constant(0.5) }), {
    nil: undefined,
  }),
});

/** Counts the actions that reach the environment though a mask forbids them. */
function watched(environment: SupplyEnvironment): { environment: SupplyEnvironment; violations: () => number; restricted: () => number } {
  const { actionSpace } = environment;
  const counts = actionSpace.kind === 'discrete' ? [actionSpace.count] : actionSpace.kind === 'multi-discrete' ? actionSpace.counts : [];
  const width = counts.reduce((sum, count) => sum + count, 0);
  let violations = 0;
  let restricted = 0;
  const check = (actions: ArrayLike<number>) => {
    const masks = environment.actionMasks();
    if (masks.includes(0)) restricted++;
    for (let i = 0; i < actions.length; i++) {
      const lane = Math.floor(i / counts.length);
      const component = i % counts.length;
      const at = lane * width + counts.slice(0, component).reduce((sum, count) => sum + count, 0);
      if (masks[at + actions[i]] !== 1) violations++;
    }
  };
  const step = environment.step.bind(environment);
  const lookahead = environment.lookahead.bind(environment);
  environment.step = (actions) => {
    check(actions);
    return step(actions);
  };
  environment.lookahead = (actions, draws) => {
    check(actions);
    return lookahead(actions, draws);
  };
  return { environment, violations: () => violations, restricted: () => restricted };
}

test.each(AGENTS)(
  '%s never takes an action that a mask forbids, whatever restricts the links',
  async (agent) => {
    let restricted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyLink, { minLength: 1, maxLength: 2 }), fc.integer({ min: 0, max: 999 }), async (links, seed) => {
        const scenario = store(links.map((link, k) => ({ id: `link ${k}`, from: 'supplier', to: 'store', ...link })));
        const made = createSupplyEnvironment({ scenario, lanes: 4, seed, observation: ['cover'], spreadStart: true });
        const watch = watched(made);
        const trainer = await createAgent(agent, { environment: watch.environment, seed });
        // Long enough for dqn to explore, then to learn and to follow its values.
        for (let k = 0; k < (agent === 'dqn' ? 14 : 3); k++) trainer.step();
        const policy = trainer.policy();
        const actions = new Int32Array(4 * scenario.links.length);
        let observations = made.reset({ seed: seed + 1 });
        for (let t = 0; t < 10; t++) {
          policy.act(observations, 4, actions, made.actionMasks());
          ({ observations } = made.step(actions));
        }
        trainer.dispose();
        restricted += watch.restricted();
        expect(watch.violations()).toBe(0);
      }),
      { numRuns: 12, seed: 5 },
    );
    expect(restricted).toBeGreaterThan(50);
  },
  60_000,
);

const twoSources = (): SupplyEnvironment =>
  createSupplyEnvironment({
    scenario: store([
      { id: 'slow', from: 'supplier', to: 'store', leadTime: 2, unitCost: 0 },
      { id: 'fast', from: 'supplier', to: 'store', leadTime: 0, unitCost: 3 },
    ]),
    lanes: 32,
    actions: { kind: 'quantity', max: 6 },
    observation: ['cover'],
    spreadStart: true,
  });

test.each(AGENTS)(
  '%s learns to order from two sources at once: cheaper than any constant pair',
  async (agent) => {
    const cost = (choose: (observations: Float32Array, actions: Int32Array) => void): number => {
      const environment = twoSources();
      const actions = new Int32Array(64);
      let observations = environment.reset({ seed: 1000 });
      let total = 0;
      for (let t = 0; t < 400; t++) {
        choose(observations, actions);
        const step = environment.step(actions);
        ({ observations } = step);
        if (t >= 100) total -= step.rewards.reduce((sum, reward) => sum + reward, 0);
      }
      return total / 300 / 32;
    };
    const constants = Array.from({ length: 49 }, (_, pair) =>
      cost((_observations, actions) => actions.set(Array.from(actions, (_, i) => (i % 2 ? pair % 7 : Math.floor(pair / 7))))),
    );
    const environment = twoSources();
    const small = { hidden: [16], discount: 0.95, lookahead: 2 };
    const trainer =
      agent === 'ppo'
        ? await createPpo({ environment, seed: 1, config: { ...small, steps: 49_152, horizon: 16, minibatch: 128, learningRate: 0.005 } })
        : await createDqn({
            environment,
            seed: 1,
            config: { ...small, steps: 65_536, minibatch: 256, learningStarts: 4096, capacity: 32_768, restart: 16 },
          });
    while (trainer.steps < trainer.plannedSteps) trainer.step();
    const policy = trainer.policy();
    trainer.dispose();
    expect(cost((observations, actions) => policy.act(observations, 32, actions))).toBeLessThan(Math.min(...constants));
  },
  60_000,
);

test('ppo learns quantities as real numbers: cheaper than any constant order', async () => {
  const make = () =>
    createSupplyEnvironment({
      scenario: shop({ lanes: 1 }).simulator.network.scenario,
      lanes: 32,
      actions: { kind: 'continuous' },
      observation: ['cover'],
      spreadStart: true,
    });
  const cost = (choose: (observations: Float32Array, actions: Float64Array) => void): number => {
    const environment = make();
    const actions = new Float64Array(32);
    let observations = environment.reset({ seed: 1000 });
    let total = 0;
    for (let t = 0; t < 400; t++) {
      choose(observations, actions);
      const step = environment.step(actions);
      ({ observations } = step);
      if (t >= 100) total -= step.rewards.reduce((sum, reward) => sum + reward, 0);
    }
    return total / 300 / 32;
  };
  const trainer = await createPpo({
    environment: make(),
    seed: 1,
    config: { steps: 65_536, horizon: 16, minibatch: 128, hidden: [16], learningRate: 0.005 },
  });
  while (trainer.steps < trainer.plannedSteps) trainer.step();
  const policy = trainer.policy();
  trainer.dispose();
  const constants = Array.from({ length: 24 }, (_, k) => cost((_o, actions) => actions.fill(k / 4)));
  expect(cost((observations, actions) => policy.act(observations, 32, actions))).toBeLessThan(Math.min(...constants));
}, 60_000);
