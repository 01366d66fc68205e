import type { StateView } from '../env/index.ts';

/** One number of a state: a node's stock, or what arrives on a link some periods from now. */
export interface StateComponent {
  readonly name: string;
  readonly kind: 'stock' | 'arriving';
  /** [units] a value that is neither large nor small. */
  readonly typical: number;
}

/** The components that a state of a network with fixed lead times consists of, those of the first link first. */
export function stateComponents({ network, typicalMean }: StateView): StateComponent[] {
  const several = network.nodes.length > 1;
  const mean = Math.max(1, Math.round(Math.max(...typicalMean)));
  const stock = network.nodes.map((node): StateComponent => ({ name: stockName(several ? node.id : null), kind: 'stock', typical: mean }));
  const pipelines = network.arcs.flatMap((arc) =>
    Array.from({ length: Math.max(arc.maxLeadTime - 1, 0) }, (_, k): StateComponent => {
      return { name: arrivingName(network.arcs.length > 1 ? arc.id : null, k + 1), kind: 'arriving', typical: mean };
    }),
  );
  return [...stock, ...pipelines];
}

/** A view in which the state of every lane is given; all else is as in the view that it is made from. */
export function stateView(view: StateView, unitsOf: (component: string, lane: number) => number): StateView {
  const { network, lanes } = view;
  const several = network.nodes.length > 1;
  const onHand = new Float64Array(network.nodes.length * lanes);
  const onOrder = new Float64Array(network.nodes.length * lanes);
  network.nodes.forEach((node, n) => {
    for (let lane = 0; lane < lanes; lane++) onHand[n * lanes + lane] = unitsOf(stockName(several ? node.id : null), lane);
  });
  const pipelines = network.arcs.map((arc) =>
    Array.from({ length: Math.max(arc.maxLeadTime - 1, 0) }, (_, k) =>
      Float64Array.from({ length: lanes }, (_value, lane) => unitsOf(arrivingName(network.arcs.length > 1 ? arc.id : null, k + 1), lane)),
    ),
  );
  pipelines.forEach((pipeline, a) => {
    for (const row of pipeline) for (let lane = 0; lane < lanes; lane++) onOrder[network.arcs[a].to * lanes + lane] += row[lane];
  });
  const none = new Float64Array(lanes);
  const arriving = (arc: number, periods: number) => pipelines[arc][periods - 1] ?? none;
  return { ...view, onHand, onOrder, arriving, outstanding: (arc, age) => arriving(arc, network.arcs[arc].maxLeadTime - age) };
}

function stockName(node: string | null): string {
  return node === null ? 'onHand' : `onHand@${node}`;
}

function arrivingName(arc: string | null, periods: number): string {
  return arc === null ? `arriving${periods}` : `arriving${periods}@${arc}`;
}
