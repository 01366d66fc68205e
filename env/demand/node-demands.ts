import type { IndexLevels } from '../index-levels.ts';
import type { Scenario } from '../scenario.ts';
import { GaussianCopula } from './copula.ts';
import { createDemandProcess } from './create-process.ts';
import type { DemandProcess, Note } from './process.ts';
import { StackedTables } from './stacked-tables.ts';

export interface NodeDemandsOptions {
  readonly scenario: Scenario;
  /** Of the network: which of the scenario's demands each node faces, or -1. */
  readonly nodes: readonly { readonly demand: number }[];
  /** [lane] the lane of the scenario that each stands for. */
  readonly represents: Int32Array;
  /** The outside indices that demands follow, moved on by the simulator. */
  readonly indices: IndexLevels;
  /** The simulator's own arrays, [node][lane]: a period's uniform numbers in [0, 1), which a draw uses up, and the demand that it writes [units]. */
  readonly uniforms: Float64Array;
  readonly demand: Float64Array;
}

/** The demand of all nodes of a network: their processes and the correlation between them. One uniform number per node and lane drives it all. */
export class NodeDemands {
  /** [node] null where a node faces none. */
  readonly processes: readonly (DemandProcess | null)[];
  /** Blocks of [row][lane]: all that a lane's future demand depends on besides its period and the uniform numbers to come. */
  readonly state: readonly Float64Array[];
  readonly #copula: GaussianCopula | null;
  readonly #uniforms: Float64Array;
  readonly #demand: Float64Array;
  /** Nodes whose demand is drawn from tables. */
  readonly #tables: StackedTables;
  /** One row of each array for every other node that faces demand. */
  readonly #rows: readonly { readonly process: DemandProcess; readonly uniforms: Float64Array; readonly demand: Float64Array }[];
  /** [demand] the node that faces it. */
  readonly #nodes: Int32Array;
  readonly #lanes: number;

  /** @throws UserError naming the field, its value and what was expected */
  constructor({ scenario, nodes, represents, indices, uniforms, demand }: NodeDemandsOptions) {
    const lanes = represents.length;
    const row = (values: Float64Array, n: number) => values.subarray(n * lanes, (n + 1) * lanes);
    this.#lanes = lanes;
    this.#nodes = facingNodes(scenario.demand.length, nodes);
    this.processes = nodes.map(({ demand: k }) =>
      k < 0 ? null : createDemandProcess(scenario.demand[k].process, represents, `demand.${k}`, indices),
    );
    this.state = this.processes.flatMap((process) => process?.state ?? []);
    this.#uniforms = uniforms;
    this.#demand = demand;
    this.#tables = new StackedTables(
      this.processes.flatMap((process, n) => (process?.tabled ? [{ variants: process.tabled, at: n * lanes }] : [])),
    );
    this.#rows = this.processes.flatMap((process, n) =>
      process && !process.tabled ? [{ process, uniforms: row(uniforms, n), demand: row(demand, n) }] : [],
    );
    const { demandCorrelation: correlation } = scenario;
    this.#copula = correlation === undefined ? null : new GaussianCopula(correlation, scenario.demand.length);
  }

  /** Starts a lane's processes in a period; `random` gives uniform numbers and is asked only where a state has to be drawn. */
  start(lane: number, period: number, random: () => number): void {
    for (const process of this.processes) process?.start(lane, period, random);
  }

  /** Writes a period's demand and moves the processes on. */
  draw(period: Int32Array): void {
    this.#copula?.apply(this.#uniforms, this.#nodes, this.#lanes);
    this.#tables.draw(this.#uniforms, this.#demand);
    for (const { process, uniforms, demand } of this.#rows) process.draw(period, uniforms, demand);
  }

  /** Announced events of a node, under way or to come, that one lane knows of. */
  notes(node: number, lane: number, period: number): readonly Note[] {
    return this.processes[node]?.notes(period, lane) ?? [];
  }
}

/** [demand] the node that faces it. */
function facingNodes(demands: number, nodes: NodeDemandsOptions['nodes']): Int32Array {
  const facing = new Int32Array(demands);
  nodes.forEach(({ demand }, n) => {
    if (demand >= 0) facing[demand] = n;
  });
  return facing;
}
