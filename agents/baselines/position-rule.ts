import type { Policy, PolicyRule } from '../policy.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { inventoryPosition, positionRules, singleSources } from './single-source.ts';

/** A number of a rule: what the parameter is called, and what it is to those who ask why. */
export interface RuleNumber {
  readonly parameter: string;
  readonly is: Exclude<keyof PolicyRule, 'arc' | 'position'>;
  readonly value: PerNode;
}

/** What to order by the inventory position and two numbers of the stock point. */
export interface PositionRule {
  readonly name: string;
  readonly numbers: readonly [RuleNumber, RuleNumber];
  /** [units] at an inventory position; 0 or less: nothing. */
  quantity(position: number, first: number, second: number): number;
}

/** The policy that orders by such a rule wherever a stock point has one source. */
export function positionPolicy({ name, numbers: [one, two], quantity }: PositionRule): Policy {
  const first = new NodeParameter(one.parameter, one.value);
  const second = new NodeParameter(two.parameter, two.value);
  return {
    name,
    parameters: printed({ [one.parameter]: one.value, [two.parameter]: two.value }),
    order(view, orders) {
      const { lanes } = view;
      for (const { node, arc } of singleSources(view.network)) {
        const a = first.over(view.network, node);
        const b = second.over(view.network, node);
        for (let lane = 0; lane < lanes; lane++) {
          orders[arc * lanes + lane] = Math.max(0, quantity(inventoryPosition(view, node, lane), a[lane], b[lane]));
        }
      }
    },
    explain: (view, lane) =>
      positionRules(view, lane, (node) => ({
        [one.is]: first.over(view.network, node)[lane],
        [two.is]: second.over(view.network, node)[lane],
      })),
  };
}
