import type * as Tensorflow from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** The TensorFlow.js library as the rest of this folder uses it. */
export type TensorLibrary = typeof Tensorflow;

/** What computes: a CUDA device through tfjs-node-gpu, WebAssembly on one core, or plain JavaScript. */
export type BackendName = 'gpu' | 'wasm' | 'cpu';

export interface TensorBackend {
  readonly tf: TensorLibrary;
  readonly name: BackendName;
  /** One line for people: library, version and what computes. */
  readonly title: string;
  /** The values of a tensor of 32-bit numbers, where the backend can without a copy: to be read, or changed, before anything else is computed. */
  view(tensor: Tensor): Float32Array;
}

type View = TensorBackend['view'];

const TITLES: Readonly<Record<BackendName, string>> = {
  gpu: 'CUDA device through tfjs-node-gpu',
  wasm: 'WebAssembly, one core',
  cpu: 'plain JavaScript (slow)',
};

/**
 * Loads TensorFlow.js with the best backend that works here: gpu, then wasm, then cpu, or one asked for by name. TensorFlow.js keeps one current
 * backend for the whole process: opening another moves the networks made before to it.
 * @throws Error where the backend asked for by name cannot be had.
 */
export async function openTensors({ backend }: { readonly backend?: BackendName } = {}): Promise<TensorBackend> {
  const tf = await import('@tensorflow/tfjs');
  tf.enableProdMode();
  for (const name of backend === undefined ? (['gpu', 'wasm', 'cpu'] as const) : [backend]) {
    const view = await start(tf, name);
    if (view !== null) return { tf, name, title: `TensorFlow.js ${tf.version_core} on ${TITLES[name]}`, view };
  }
  throw new Error(
    `The tensor backend ${backend} (${TITLES[backend ?? 'cpu']}) cannot be had on this machine; leave the choice open, or take cpu.`,
  );
}

/** How tensors of the backend are read; null where it cannot be had. */
async function start(tf: TensorLibrary, name: BackendName): Promise<View | null> {
  try {
    if (name === 'wasm') return await startWasm(tf);
    const started = name === 'gpu' ? await startGpu(tf) : await tf.setBackend('cpu');
    return started ? copied : null;
  } catch {
    return null;
  }
}

const copied: View = (tensor) => tensor.dataSync<'float32'>();

async function startGpu(tf: TensorLibrary): Promise<boolean> {
  // An optional dependency, absent on most machines: a name in a variable keeps the type checker from asking for it.
  const optional: string = '@tensorflow/tfjs-node-gpu';
  await import(optional);
  if (!(await tf.setBackend('tensorflow'))) return false;
  const device: unknown = tf.backend();
  // Without a CUDA device this library computes on the processor, where WebAssembly is as good.
  return typeof device === 'object' && device !== null && 'isUsingGpuDevice' in device && device.isUsingGpuDevice === true;
}

async function startWasm(tf: TensorLibrary): Promise<View | null> {
  const exceptions = process.listeners('uncaughtException');
  const rejections = process.listeners('unhandledRejection');
  const { BackendWasm } = await import('@tensorflow/tfjs-backend-wasm');
  const started = await tf.setBackend('wasm');
  // The backend adds listeners that throw again: an error elsewhere would then print the backend's whole minified source.
  for (const added of process.listeners('uncaughtException')) {
    if (!exceptions.includes(added)) process.removeListener('uncaughtException', added);
  }
  for (const added of process.listeners('unhandledRejection')) {
    if (!rejections.includes(added)) process.removeListener('unhandledRejection', added);
  }
  const backend = tf.backend();
  if (!started || !(backend instanceof BackendWasm)) return null;
  return (tensor) => {
    // Another backend may have been opened since.
    const values = tf.backend() === backend ? backend.typedArrayFromHeap(tensor) : null;
    return values instanceof Float32Array ? values : copied(tensor);
  };
}
