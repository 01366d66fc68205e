import type { RandomStream } from '../../../env/index.ts';
import { stateLength } from '../features.ts';
import { isPlain } from '../item-facts.ts';
import { type QuickLevels, type QuickRule, quickLevels } from '../quick-rule.ts';
import { levelOrder, type RunFrom } from './item-run.ts';
import { basisAt } from './level-series.ts';
import type { TrainingItem } from './training-item.ts';
import type { TriesConfig } from './tries-config.ts';
import { drawn } from './try-paths.ts';

export interface WalkOptions {
  readonly item: TrainingItem;
  readonly rule: QuickRule;
  readonly random: RandomStream;
  readonly config: Pick<TriesConfig, 'restarts' | 'randomOrders' | 'spacing'>;
}

/** Part of the states of an item that orders seldom which are near its reorder point: elsewhere there is little to learn. */
const NEAR_REORDER = 0.7;

/** Comes to states of an item: its levels order from a random start on, with some random orders on the way. */
export class ItemWalk {
  readonly #options: WalkOptions;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** Writes a state, in the period in which the item's demand then stands. */
  writeState(from: RunFrom): void {
    const { item, random, config } = this.#options;
    const { facts, demand } = item;
    const { sd, longest } = facts;
    const restart = random.next() < config.restarts;
    demand.begin(random);
    this.#writeStart(from, restart ? 3 * sd * Math.sqrt(longest + 1) : 1);
    this.#go(from, restart ? random.integer(longest + 2) : longest + config.spacing + random.integer(config.spacing));
    if (isPlain(facts) || random.next() >= NEAR_REORDER) return;
    for (let waited = 0; waited < LONGEST_WAIT && !this.#isNearReorder(from); waited++) this.#go(from, 1);
  }

  /** A position from the least to above the level, some of it on the way. */
  #writeStart({ state, at }: RunFrom, spread: number): void {
    const { random, item } = this.#options;
    const { S, s } = this.#levels();
    const { longest } = item.facts;
    const least = Math.min(0, s);
    const position = least + Math.floor(random.next() * (S - least + spread + 1));
    let left = position;
    for (let i = 1; i < longest; i++) {
      const units = Math.max(0, Math.min(left, Math.floor((random.next() * 2 * position) / (longest + 1))));
      state[at + i] = units;
      left -= units;
    }
    state[at] = left;
  }

  #go(from: RunFrom, periods: number): void {
    const { item, rule, random, config } = this.#options;
    if (periods === 0) return;
    const { facts, demand, run } = item;
    const { demands, basis } = demand.advance(periods);
    const order = (t: number, position: number): number => {
      const levels = quickLevels(rule, basisAt(basis, t));
      if (random.next() >= config.randomOrders) return levelOrder(position, levels, facts);
      const units = Math.floor(random.next() * (Math.max(0, levels.S - position) + facts.sd / 2 + 2));
      const whole = Math.round(units / facts.lot) * facts.lot;
      return whole < facts.least ? 0 : whole;
    };
    run.run(from, order, { demands, draws: drawn(periods * run.drawsPerPeriod, random), periods });
  }

  #isNearReorder({ state, at }: RunFrom): boolean {
    const { facts } = this.#options.item;
    let position = 0;
    for (let i = 0; i < stateLength(facts); i++) position += state[at + i];
    return position <= this.#levels().s + facts.mean + facts.sd;
  }

  #levels(): QuickLevels {
    const { item, rule } = this.#options;
    return quickLevels(rule, item.demand.basis());
  }
}

/** [periods] */
const LONGEST_WAIT = 60;
