import type { LaneDistribution, RandomStream } from '../../../env/index.ts';
import type { ItemFacts } from '../item-facts.ts';
import { type LevelBasis, levelBasis } from '../quick-rule.ts';
import { DemandDraws } from './demand-draws.ts';
import type { BranchOptions, DemandPath, DemandSource, Histories } from './demand-source.ts';
import { type BasisSeries, basisAt, basisSeries } from './level-series.ts';

/** Demand of the same distribution in every period. */
export class SteadyDemand implements DemandSource {
  readonly dimensions = 1;
  readonly #facts: ItemFacts;
  readonly #draws: DemandDraws;
  readonly #basis: BasisSeries;
  #random: RandomStream | null = null;

  constructor(facts: ItemFacts, distribution: LaneDistribution) {
    this.#facts = facts;
    this.#draws = new DemandDraws(distribution.table());
    this.#basis = basisSeries(levelBasis(facts));
  }

  histories(periods: number, random: RandomStream): Histories {
    this.begin(random);
    return { ...this.advance(periods), count: 1, periods, warmUp: 0 };
  }

  begin(random: RandomStream): void {
    this.#random = random;
  }

  advance(periods: number): DemandPath {
    const random = this.#random;
    if (random === null) throw new RangeError('a history that has not begun cannot go on');
    return { demands: Float64Array.from({ length: periods }, () => this.#draws.at(random.next())), basis: this.#basis };
  }

  facts(): ItemFacts {
    return this.#facts;
  }

  basis(): LevelBasis {
    return basisAt(this.#basis, 0);
  }

  branch({ paths, horizon, uniforms }: BranchOptions): DemandPath {
    const demands = new Float64Array(paths * horizon);
    const row = new Float64Array(paths);
    for (let t = 0; t < horizon; t++) {
      uniforms(t, 0, row);
      for (let path = 0; path < paths; path++) demands[path * horizon + t] = this.#draws.at(row[path]);
    }
    return { demands, basis: this.#basis };
  }
}
