import { Worker } from 'node:worker_threads';
import type { Archive } from '../neural/index.ts';
import type { CurveCost, CurvePlace, CurveReferences } from './curve-evaluation.ts';

/** A saved policy to be measured, or what else costs how much there. */
export type CurveQuestion = Archive | 'references';
export type CurveAnswer = { readonly value: CurveCost | CurveReferences } | { readonly failure: string };

/** Works on the learning curve on another core while training goes on; keeps the program up until it is closed. It sees the same demand as an evaluation in this thread, and gives the same numbers. */
export class CurveBeside {
  readonly #place: CurvePlace;
  readonly #workers: Worker[] = [];
  #measuring: Worker | null = null;

  constructor({ loaded, seed }: CurvePlace) {
    // Nothing that is evaluated needs the catalogue's history, and it is large.
    this.#place = { loaded: { ...loaded, catalogue: null }, seed };
  }

  /** Starts what measures, so that it is ready when it is asked. */
  open(): void {
    this.#measuring ??= this.#start();
  }

  /** Measures a saved policy; one at a time. */
  async measure(policy: Archive): Promise<CurveCost> {
    this.#measuring ??= this.#start();
    const value = await ask(this.#measuring, policy);
    if ('costPerPeriod' in value) return value;
    throw new Error('a measured policy has a cost');
  }

  /** What others cost on the curve's demand. Never answered once closed. */
  async references(): Promise<CurveReferences> {
    const value = await ask(this.#start(), 'references');
    if ('optimum' in value) return value;
    throw new Error('references are a baseline and an optimum');
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./curve-worker.js', import.meta.url), { workerData: this.#place });
    this.#workers.push(worker);
    return worker;
  }
}

/** A thread reads no TypeScript: from sources that are not compiled, everything is measured in between. */
export const canWorkBeside: boolean = import.meta.url.endsWith('.js');

function ask(worker: Worker, question: CurveQuestion): Promise<CurveCost | CurveReferences> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: CurveAnswer) => {
      worker.off('error', reject);
      if ('failure' in answer) reject(new Error(answer.failure));
      else resolve(answer.value);
    });
    worker.postMessage(question);
  });
}
