import { parentPort, workerData } from 'node:worker_threads';
import { restoreActingNetwork } from '../agents/index.ts';
import { agentPolicy } from './agent-policy.ts';
import type { CurveAnswer, CurveQuestion } from './curve-beside.ts';
import { CurveEvaluation, type CurvePlace, curveReferences } from './curve-evaluation.ts';

// A thread that answers what curve-beside.ts asks about the learning curve.

const place: CurvePlace = workerData;
const evaluation = new CurveEvaluation({ ...place, gap: false });

parentPort?.on('message', async (question: CurveQuestion) => {
  parentPort?.postMessage(await answer(question));
});

async function answer(question: CurveQuestion): Promise<CurveAnswer> {
  try {
    if (question === 'references') return { value: await curveReferences(place) };
    const { agentInterface } = place.loaded;
    return { value: evaluation.measure(agentPolicy({ name: 'agent', network: restoreActingNetwork(question), agentInterface })) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
