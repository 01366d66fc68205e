import type { PolicyMap } from '../../experiments/index.ts';
import { defineCommand } from '../command.ts';
import { forceOption, policyOption, setOption, wholeNumber, withForce } from '../options.ts';
import { scenarioWord } from '../words.ts';

export const policyMap = defineCommand({
  name: 'policy-map',
  describe: 'What policies order as a function of two components of the state, beside the optimum',
  words: scenarioWord,
  options: {
    policy: policyOption,
    x: { type: 'string', requiresArg: true, describe: 'Component across, such as onHand; the first one unless given' },
    y: { type: 'string', requiresArg: true, describe: 'Component down, such as arriving1; the second one unless given' },
    'x-max': wholeNumber({ name: 'x-max', least: 1, describe: 'Its largest value, in units' }),
    'y-max': wholeNumber({ name: 'y-max', least: 1, describe: 'Its largest value, in units' }),
    at: {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [],
      describe: 'Value of another component, as name=units; mean demand unless given; repeatable',
    },
    force: forceOption,
    set: setOption,
  },
  example: 'policy-map lost-sales --policy base-stock:S=25 --x onHand --y arriving1',
  run: async ({ scenario, policy, x, y, at, force, set, seed, ...given }, { output }) => {
    const { loadScenario } = await import('../../scenarios/index.ts');
    const { policyMap } = await import('../../experiments/index.ts');
    const loaded = await loadScenario(scenario, { set, onMessage: output.log });
    return policyMap({
      loaded,
      policies: withForce(policy, force),
      x,
      y,
      xMax: given['x-max'],
      yMax: given['y-max'],
      at: [at].flat(),
      seed,
      onMessage: output.log,
    });
  },
  print: drawn,
});

/** One grid of orders for each policy: the first component across, the second down. */
function drawn({ link, x, y, at, maps }: PolicyMap): string {
  const held = Object.entries(at).map(([name, value]) => `${name} ${value}`);
  const width = Math.max(
    ...maps.flatMap(({ orders }) => orders.flat().map((order) => cell(order).length)),
    ...x.values.map((value) => String(value).length),
  );
  const line = (head: string, cells: readonly string[]) => `${head.padStart(6)} | ${cells.map((text) => text.padStart(width)).join(' ')}`;
  const grids = maps.map(({ policy, orders }) =>
    [
      `${policy}: orders on ${link}`,
      line('', x.values.map(String)),
      `${'-'.repeat(7)}+${'-'.repeat((width + 1) * x.values.length)}`,
      ...orders.map((row, k) => line(String(y?.values[k] ?? ''), row.map(cell))),
    ].join('\n'),
  );
  const axes = `across: ${x.name}${y === null ? '' : `; down: ${y.name}`}${held.length > 0 ? `; held: ${held.join(', ')}` : ''}`;
  return [...grids, axes].join('\n\n');
}

/** Orders of nothing are dots, so that the shape is seen. */
function cell(order: number): string {
  return order === 0 ? '.' : String(Number(order.toFixed(1)));
}
