import type { ActingNetwork } from '../agents/index.ts';
import type { Archive } from '../neural/index.ts';
import { agentPolicy } from './agent-policy.ts';
import { CurveBeside, canWorkBeside } from './curve-beside.ts';
import { type CurveCost, CurveEvaluation, type CurvePlace, type CurveReferences } from './curve-evaluation.ts';
import { cheapestIndex } from './stopping.ts';
import type { CurvePoint } from './train-options.ts';

export interface LearningCurveOptions extends CurvePlace {
  /** Gaps to the optimum are wanted. */
  readonly gap: boolean;
  /** Measure on another core while training goes on; else in between. */
  readonly beside: boolean;
  /** Told of each policy that is the cheapest so far. */
  readonly onCheapest: (policy: Archive) => Promise<void>;
}

/** The points of a run's learning curve, and what measures them. */
export class LearningCurve {
  readonly #options: LearningCurveOptions;
  readonly #evaluation: CurveEvaluation;
  readonly #beside: CurveBeside | null;
  #points: CurvePoint[] = [];
  #pending: Promise<CurvePoint> | null = null;
  #references: CurveReferences | null = null;

  constructor(options: LearningCurveOptions) {
    this.#options = options;
    this.#evaluation = new CurveEvaluation(options);
    this.#beside = options.beside && canWorkBeside ? new CurveBeside(options) : null;
  }

  get knowsOptimum(): boolean {
    return this.#evaluation.knowsOptimum;
  }

  get points(): readonly CurvePoint[] {
    return this.#points;
  }

  /** Null until they are worked out, which is only done on another core. */
  get references(): CurveReferences | null {
    return this.#references;
  }

  restore(points: readonly CurvePoint[]): void {
    this.#points = [...points];
  }

  /** Gets ready to measure; the references are worked out where they are wanted. Where that fails there are none. */
  open({ references }: { readonly references: boolean }): void {
    this.#beside?.open();
    if (!references) return;
    this.#beside?.references().then(
      (found) => {
        this.#references = found;
      },
      () => {},
    );
  }

  /** Begins to measure another point, once the one before is there. */
  async add(at: Pick<CurvePoint, 'step' | 'seconds'>, network: ActingNetwork): Promise<{ readonly point: Promise<CurvePoint> }> {
    await this.settle();
    const point = this.#measure(at, network);
    // Waited for in `settle`, and by others before that or never.
    point.catch(() => {});
    this.#pending = point;
    if (this.#beside === null) await this.settle();
    return { point };
  }

  /** Waits for the point that is being measured. */
  async settle(): Promise<void> {
    await this.#pending;
    this.#pending = null;
  }

  /** Waits for the point that is being measured, and ends what measures. */
  async close(): Promise<void> {
    try {
      await this.settle();
    } finally {
      await this.#beside?.close();
    }
  }

  async #measure(at: Pick<CurvePoint, 'step' | 'seconds'>, network: ActingNetwork): Promise<CurvePoint> {
    const policy = network.save();
    const point = { ...at, ...(await this.#cost(network, policy)) };
    this.#points.push(point);
    if (cheapestIndex(this.#points) === this.#points.length - 1) await this.#options.onCheapest(policy);
    return point;
  }

  async #cost(network: ActingNetwork, policy: Archive): Promise<CurveCost> {
    if (this.#beside !== null) return this.#beside.measure(policy);
    const { agentInterface } = this.#options.loaded;
    return this.#evaluation.measure(agentPolicy({ name: 'agent', network, agentInterface }));
  }
}
