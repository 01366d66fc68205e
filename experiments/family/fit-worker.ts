import { parentPort } from 'node:worker_threads';
import { HalfGradients } from '../../agents/index.ts';
import { openTensors } from '../../neural/index.ts';
import { ANSWERED, ASKED, type SharedFit } from './fit-beside.ts';

// A thread that works out what fit-beside.ts asks for, batch after batch, until it is ended.

parentPort?.once('message', async ({ counts, divergence, ...fit }: SharedFit) => {
  const half = new HalfGradients({ ...fit, tensors: await openTensors({ backend: 'wasm' }), half: 1 });
  for (let done = 0; ; done++) {
    Atomics.wait(counts, ASKED, done);
    divergence[0] = half.next().divergence;
    Atomics.add(counts, ANSWERED, 1);
    Atomics.notify(counts, ANSWERED);
  }
});
