import type { Trainer } from '../../agents/index.ts';
import { createSupplyEnvironment, type Scenario, type SupplyEnvironment } from '../../env/index.ts';

/** Lost sales, Poisson demand with mean 5, p = 4, lead time 4. */
export const lostSales: Scenario = {
  id: 'lost-sales',
  title: 'Lost sales, p = 4, lead time 4, Poisson 5',
  periods: null,
  warmUp: 100,
  items: [{ id: 'item' }],
  locations: [{ id: 'store', holdingCost: 1, shortage: { kind: 'lost', cost: 4 }, initialStock: 10 }],
  links: [{ from: 'supplier', to: 'store', leadTime: 4 }],
  demand: [{ location: 'store', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } } }],
};

export function lostSalesLanes(lanes: number): SupplyEnvironment {
  return createSupplyEnvironment({ scenario: lostSales, lanes, seed: 1, observation: ['cover'], spreadStart: true });
}

export interface TrainingSpeed {
  readonly steps: number;
  readonly stepsPerSecond: number;
  /** By this process's CPU time, all threads: on a machine that others use, the truer one. */
  readonly stepsPerCpuSecond: number;
  /** [s] by the clock. */
  readonly seconds: Readonly<Record<'simulate' | 'act' | 'update' | 'other', number>>;
}

interface TimedTrainer extends Trainer {
  readonly stopwatch: { readonly seconds: Readonly<Record<'simulate' | 'act' | 'update', number>> };
}

/** Runs a trainer for so many iterations, after those that do not count. */
export function trainingSpeed(
  trainer: TimedTrainer,
  { warm, iterations }: { readonly warm: number; readonly iterations: number },
): TrainingSpeed {
  for (let k = 0; k < warm; k++) trainer.step();
  const before = { ...trainer.stopwatch.seconds };
  const from = trainer.steps;
  const cpu = process.cpuUsage();
  const began = performance.now();
  for (let k = 0; k < iterations; k++) trainer.step();
  const total = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { seconds } = trainer.stopwatch;
  const simulate = seconds.simulate - before.simulate;
  const act = seconds.act - before.act;
  const update = seconds.update - before.update;
  const steps = trainer.steps - from;
  return {
    steps,
    stepsPerSecond: Math.round(steps / total),
    stepsPerCpuSecond: Math.round(steps / ((user + system) / 1e6)),
    seconds: { simulate, act, update, other: total - simulate - act - update },
  };
}
