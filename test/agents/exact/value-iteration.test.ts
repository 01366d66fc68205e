import { expect, it } from 'vitest';
import type { DecisionProcess } from '../../../agents/exact/decision-process.ts';
import { iterateValues } from '../../../agents/exact/value-iteration.ts';

/** A process from [state][choice] = { cost, to: probabilities of all states }. */
function processOf(rows: { cost: number; to: number[] }[][]): DecisionProcess {
  const choices = rows.flat();
  const choiceStart = [0];
  for (const row of rows) choiceStart.push(choiceStart[choiceStart.length - 1] + row.length);
  return {
    states: rows.length,
    choiceStart: Int32Array.from(choiceStart),
    cost: Float64Array.from(choices, ({ cost }) => cost),
    orders: Float64Array.from(choices, (_, k) => k),
    rowStart: Int32Array.from({ length: choices.length + 1 }, (_, k) => k * rows.length),
    next: Int32Array.from(choices.flatMap(() => rows.map((_, state) => state))),
    probability: Float64Array.from(choices.flatMap(({ to }) => to)),
  };
}

/** Howard (1960), "Dynamic Programming and Markov Processes", the taxicab problem: 13.34 a trip; drive to the stand in every town. */
it("finds the gain and the policy of Howard's taxicab", () => {
  const taxi = processOf([
    [
      { cost: -8, to: [1 / 2, 1 / 4, 1 / 4] },
      { cost: -2.75, to: [1 / 16, 3 / 4, 3 / 16] },
      { cost: -4.25, to: [1 / 4, 1 / 8, 5 / 8] },
    ],
    [
      { cost: -16, to: [1 / 2, 0, 1 / 2] },
      { cost: -15, to: [1 / 16, 7 / 8, 1 / 16] },
    ],
    [
      { cost: -7, to: [1 / 4, 1 / 4, 1 / 2] },
      { cost: -4, to: [1 / 8, 3 / 4, 1 / 8] },
      { cost: -4.5, to: [3 / 4, 1 / 16, 3 / 16] },
    ],
  ]);
  const { costPerPeriod, best, converged } = iterateValues(taxi, { tolerance: 1e-9 });
  expect(converged).toBe(true);
  expect(costPerPeriod).toBeCloseTo(-13.3445, 3);
  expect(Array.from(best)).toEqual([1, 4, 6]);
});

it('converges on a process that only goes round in a circle', () => {
  const circle = processOf([[{ cost: 1, to: [0, 1, 0] }], [{ cost: 2, to: [0, 0, 1] }], [{ cost: 6, to: [1, 0, 0] }]]);
  const { costPerPeriod, converged } = iterateValues(circle);
  expect(converged).toBe(true);
  expect(costPerPeriod).toBeCloseTo(3, 6);
});

it('says that it has not converged, with bounds that hold, when it is given too few sweeps', () => {
  const slow = processOf([[{ cost: 0, to: [0.999, 0.001] }], [{ cost: 10, to: [0.001, 0.999] }]]);
  const { bounds, converged } = iterateValues(slow, { maxSweeps: 2, heldSweeps: 1 });
  expect(converged).toBe(false);
  expect(bounds[0]).toBeLessThan(5);
  expect(bounds[1]).toBeGreaterThan(5);
});
