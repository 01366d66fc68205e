import { expect, test } from 'vitest';
import { openTensors } from '../../neural/index.ts';

test('the backend in use is named, and can be chosen', async () => {
  expect((await openTensors({ backend: 'cpu' })).title).toMatch(/^TensorFlow\.js 4\.\d+\.\d+ on plain JavaScript/);
  const wasm = await openTensors({ backend: 'wasm' });
  expect(wasm.name).toBe('wasm');
  expect(wasm.tf.getBackend()).toBe('wasm');
});

test('loading WebAssembly leaves the handling of uncaught errors as it was', async () => {
  const own = () => {};
  process.on('uncaughtException', own);
  await openTensors({ backend: 'cpu' });
  const before = [process.listeners('uncaughtException'), process.listeners('unhandledRejection')];
  await openTensors({ backend: 'wasm' });
  expect([process.listeners('uncaughtException'), process.listeners('unhandledRejection')]).toEqual(before);
  expect(process.listeners('uncaughtException')).toContain(own);
  process.removeListener('uncaughtException', own);
});
