import { workerData } from 'node:worker_threads';
import { HalfGradients } from '../../agents/index.ts';
import { openTensors } from '../../neural/index.ts';
import { ANSWERED, ASKED, NO_MORE, type SharedFit } from './fit-beside.ts';

// A thread that works out what fit-beside.ts asks for, batch after batch.

const { counts, divergence, port, ...shared }: SharedFit = workerData;

try {
  const half = new HalfGradients({ ...shared, tensors: await openTensors({ backend: 'wasm' }), half: 1 });
  for (let done = 0; wait(done); done++) {
    divergence[0] = half.next().divergence;
    answer();
  }
} catch (error) {
  port.postMessage(error instanceof Error ? error.message : String(error));
  answer();
}

/** Until more is asked for than was done; false where nothing will be. */
function wait(done: number): boolean {
  Atomics.wait(counts, ASKED, done);
  return Atomics.load(counts, ASKED) !== NO_MORE;
}

function answer(): void {
  Atomics.add(counts, ANSWERED, 1);
  Atomics.notify(counts, ANSWERED);
}
