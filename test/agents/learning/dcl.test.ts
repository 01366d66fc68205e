import { describe, expect, test } from 'vitest';
import { baseStock, constantOrder, dualIndex, type Policy } from '../../../agents/index.ts';
import { pairedCost } from '../../../agents/learning/dcl/paired-cost.ts';
import { networkPlayer, policyPlayer } from '../../../agents/learning/dcl/player.ts';
import { createDcl, type DclOptions, type DclSettings, type DclTrainer } from '../../../agents/learning/index.ts';
import type { Scenario } from '../../../env/index.ts';
import { UserError } from '../../../env/index.ts';
import { decodeArchive, encodeArchive, openTensors } from '../../../neural/index.ts';
import { store } from '../lost-sales.ts';

/** Small enough for tests, the same for every task in them. */
const SMALL: DclSettings = {
  steps: 3_000_000,
  generations: 2,
  paths: 16,
  pathGrowth: 2,
  horizon: 12,
  finalists: 4,
  fitPart: 0.6,
  minibatch: 64,
  hidden: [16],
  learningRate: 0.01,
};

const COVER: DclOptions['agentInterface'] = { actions: { kind: 'quantity' }, observation: ['cover'] };
const shop = store({ shortageCost: 4, leadTime: 2, initialStock: 10 });

function create(options: Partial<DclOptions> = {}): Promise<DclTrainer> {
  const { config, ...rest } = options;
  return createDcl({
    scenario: shop,
    agentInterface: COVER,
    base: baseStock({ S: 15 }),
    lanes: 64,
    seed: 1,
    ...rest,
    config: { ...SMALL, ...config },
  });
}

async function trained(options: Partial<DclOptions>): Promise<DclTrainer> {
  const trainer = await create(options);
  while (trainer.steps < trainer.plannedSteps) trainer.step();
  trainer.dispose();
  return trainer;
}

/** What the policy orders for one observation. */
function answer(trainer: DclTrainer, observation: readonly number[]): number[] {
  const actions = new Int32Array(4);
  const policy = trainer.policy();
  policy.act(Float32Array.from(observation), 1, actions);
  return [...actions];
}

describe('dcl learns', () => {
  test('the newsvendor quantity, where there is one state only', async () => {
    const scenario: Scenario = {
      ...shop,
      warmUp: 0,
      items: [{ id: 'paper', life: 1 }],
      locations: [{ id: 'shop', holdingCost: 0, shortage: { kind: 'lost', cost: 4 }, initialStock: 0, disposalCost: 1 }],
      links: [{ from: 'supplier', to: 'shop', leadTime: 0 }],
    };
    const trainer = await trained({
      scenario,
      agentInterface: { actions: { kind: 'quantity' }, observation: ['onHand'] },
      base: constantOrder({ r: 2 }),
      config: { horizon: 1, paths: 256, pathGrowth: 1 },
    });
    // Poisson, mean 5: P(D <= 6) = 0.762 and P(D <= 7) = 0.867, on the two sides of 4 / (4 + 1).
    expect(answer(trainer, [0])[0]).toBe(7);
  });

  test('to pay now for what is worth more a period later, and not when it would come too late', async () => {
    const scenario: Scenario = {
      ...shop,
      periods: 2,
      warmUp: 0,
      locations: [{ id: 'shop', holdingCost: 0, shortage: { kind: 'lost', cost: 20 }, initialStock: 0 }],
      links: [{ from: 'supplier', to: 'shop', leadTime: 1, unitCost: 1 }],
    };
    const trainer = await trained({
      scenario,
      agentInterface: { actions: { kind: 'quantity' }, observation: ['calendar'] },
      base: constantOrder({ r: 3 }),
    });
    expect(answer(trainer, [1])[0]).toBeGreaterThan(5);
    expect(answer(trainer, [0.5])[0]).toBe(0);
  });

  test('to order more cheaply than the policy it starts from, beyond chance', async () => {
    const base = baseStock({ S: 17 });
    const trainer = await trained({ base, config: { steps: 12_000_000, horizon: 24, hidden: [32] } });
    const { difference, standardError, costs } = compare(shop, base, trainer);
    expect(difference + 3 * standardError).toBeLessThan(0);
    // The optimum is 4.3953 (Zipkin 2008, table 3, p = 4, L = 2); the best base stock costs 4.64.
    expect(costs[1]).toBeLessThan(4.3953 * 1.03);
  });
});

function compare(scenario: Scenario, base: Policy, trainer: DclTrainer, agentInterface = COVER) {
  const players = [policyPlayer(base), networkPlayer(trainer.policy(), agentInterface)] as const;
  return pairedCost({ scenario, players, lanes: 256, work: 2 * 256 * 600, seed: 9_000_000 });
}

describe('dcl works', () => {
  test('where demand has a season and the observation holds forecasts', async () => {
    const scenario: Scenario = {
      ...shop,
      phases: 4,
      demand: [
        {
          location: 'shop',
          process: {
            kind: 'seasonal',
            base: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } },
            factors: [0.5, 1, 1.75, 0.75],
          },
        },
      ],
    };
    const agentInterface: DclOptions['agentInterface'] = { actions: { kind: 'order-up-to' }, observation: ['lot', 'cover', 'forecast'] };
    const base = baseStock({ S: 17 });
    const trainer = await trained({ scenario, agentInterface, base, config: { steps: 5_000_000 } });
    const { difference, standardError } = compare(scenario, base, trainer, agentInterface);
    expect(difference + 3 * standardError).toBeLessThan(0);
  });

  test('on a catalogue, whose lanes stand for different items', async () => {
    const mean = [2, 5, 9];
    const scenario: Scenario = {
      ...shop,
      laneNames: mean.map((_, k) => ({ id: `item ${k}` })),
      demand: [{ location: 'shop', process: { kind: 'stationary', distribution: { name: 'poisson', mean } } }],
    };
    const agentInterface: DclOptions['agentInterface'] = { actions: { kind: 'order-up-to' }, observation: ['lot', 'cover'] };
    const base = baseStock({ S: [4, 12, 24] });
    const trainer = await trained({ scenario, agentInterface, base, config: { steps: 5_000_000 } });
    const { difference, standardError } = compare(scenario, base, trainer, agentInterface);
    expect(difference + 3 * standardError).toBeLessThan(0);
  });

  test.each([
    ['all listed', 128],
    ['drawn around the policy at hand', 8],
  ])('with two orders at once, %s', async (_, listed) => {
    const scenario: Scenario = {
      ...shop,
      locations: [{ id: 'shop', holdingCost: 5, shortage: { kind: 'backlog', cost: 495 }, initialStock: 5 }],
      links: [
        { id: 'regular', from: 'supplier', to: 'shop', leadTime: 2, unitCost: 100 },
        { id: 'expedited', from: 'supplier', to: 'shop', leadTime: 0, unitCost: 110 },
      ],
      demand: [{ location: 'shop', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 2 } } }],
    };
    const agentInterface: DclOptions['agentInterface'] = { actions: { kind: 'quantity', max: 5 }, observation: ['cover'] };
    const base = dualIndex({ Se: 6, Sr: 10 });
    const trainer = await trained({
      scenario,
      agentInterface,
      base,
      config: { steps: 24_000_000, paths: 32, listed, candidates: 8, fitPart: 0.3 },
    });
    const { difference, standardError } = compare(scenario, base, trainer, agentInterface);
    expect(difference + 2 * standardError).toBeLessThan(0);
  });
});

describe('dcl keeps to what links take', () => {
  test('the policy orders whole lots within capacity, and is cheaper than the one it starts from', async () => {
    const scenario: Scenario = { ...shop, links: [{ ...shop.links[0], batch: 3, capacity: 9 }] };
    const base = baseStock({ S: 17 });
    const trainer = await trained({ scenario, base, config: { steps: 5_000_000 } });
    const { difference, standardError } = compare(scenario, base, trainer);
    expect(difference + 3 * standardError).toBeLessThan(0);
    // Unmasked too: what is closed is never what it is taught.
    const taught = Array.from({ length: 60 }, (_, k) => answer(trainer, [k / 10 - 3, k / 10 - 3, k / 10 - 3])[0]);
    expect(taught.filter((order) => order % 3 !== 0)).toEqual([]);
  });
});

describe('dcl can be trusted', () => {
  const short = { steps: 1_600_000, evaluationPart: 0.25 };

  async function trace(seed: number): Promise<unknown> {
    const trainer = await create({ seed, config: short });
    const metrics = [];
    while (trainer.steps < trainer.plannedSteps) metrics.push(trainer.step().metrics);
    trainer.dispose();
    return { metrics, checkpoint: trainer.save() };
  }

  test('the same seed gives the same run to the last bit, another seed another', async () => {
    const first = await trace(1);
    expect(await trace(1)).toEqual(first);
    expect(await trace(2)).not.toEqual(first);
  });

  test('saved at any moment and resumed through a file, a run ends as an uninterrupted one', async () => {
    const whole = await create({ config: short });
    const files = [];
    while (whole.steps < whole.plannedSteps) {
      files.push(encodeArchive(whole.save()));
      whole.step();
    }
    const resumed = await create({ seed: 77, config: short });
    for (const file of files) {
      resumed.restore(decodeArchive(file, { name: 'checkpoint.bin' }));
      while (resumed.steps < resumed.plannedSteps) resumed.step();
      expect(resumed.save()).toEqual(whole.save());
    }
    expect(new Set(files.map((file) => decodeArchive(file, { name: 'checkpoint.bin' }).data.phase)).size).toBe(3);
  });

  test('a checkpoint of another agent or network is refused', async () => {
    const trainer = await create();
    expect(() => trainer.restore({ kind: 'ppo-checkpoint', data: {}, arrays: {} })).toThrow('checkpoint of "ppo-checkpoint"');
    const other = await create({ config: { hidden: [8] } });
    expect(() => trainer.restore(other.save())).toThrow(UserError);
  });

  test('nothing is learned before the first fit', async () => {
    const trainer = await create({ config: short });
    let metrics = trainer.step().metrics;
    while (!('difference' in metrics)) {
      // The last step of the fit is followed by the comparison.
      if (!('divergence' in metrics)) expect(trainer.learned).toBe(false);
      metrics = trainer.step().metrics;
    }
    expect(trainer.learned).toBe(true);
  });

  test('given more steps than it was planned for, it goes on to another generation', async () => {
    const trainer = await create({ config: short });
    const end = () => {
      while (trainer.steps < trainer.plannedSteps) trainer.step();
    };
    end();
    const generations = () => trainer.save().data.generation;
    expect(generations()).toBe(2);
    trainer.plannedSteps *= 2;
    end();
    expect(generations()).toBe(3);
  });

  test('no tensor is left behind', async () => {
    const trainer = await create({ config: { ...short, steps: 4_000_000 } });
    const { tf } = await openTensors();
    trainer.step();
    const { numTensors } = tf.memory();
    while (trainer.steps < trainer.plannedSteps) trainer.step();
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
