import type { Tensor } from '@tensorflow/tfjs';
import type { TensorBackend } from './backend.ts';
import { KeptArrays } from './kept-arrays.ts';
import { turned } from './turned.ts';

export interface Sizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** Products of matrices in flat typed arrays, worked out by a tensor backend. */
export class MatrixProducts {
  readonly #tensors: Pick<TensorBackend, 'tf' | 'view'>;
  readonly #kept = new KeptArrays();

  constructor(tensors: Pick<TensorBackend, 'tf' | 'view'>) {
    this.#tensors = tensors;
  }

  /** Writes a [row][inner] times b [inner][column], [row][column]. */
  product(a: Float32Array, b: Float32Array, { rows, inner, columns }: Sizes, into: Float32Array): void {
    const { tf, view } = this.#tensors;
    // Of rank 3, a batch of one, as the kernel wants them; the kernel itself, without the checks around the operation, which take as long on small matrices.
    const left = tf.tensor3d(a, [1, rows, inner]);
    const right = tf.tensor3d(b, [1, inner, columns]);
    const product = tf.engine().runKernel<Tensor>('BatchMatMul', { a: left, b: right }, { transposeA: false, transposeB: false });
    into.set(view(product));
    for (const tensor of [left, right, product]) tensor.dispose();
  }

  /** Writes a [inner][row], turned, times b [inner][column]. */
  turnedTimes(a: Float32Array, b: Float32Array, sizes: Sizes, into: Float32Array): void {
    this.product(turned(a, sizes.inner, sizes.rows, this.#kept.room('left', a.length)), b, sizes, into);
  }

  /** Writes a [row][inner] times b [column][inner], turned. */
  timesTurned(a: Float32Array, b: Float32Array, sizes: Sizes, into: Float32Array): void {
    this.product(a, turned(b, sizes.columns, sizes.inner, this.#kept.room('right', b.length)), sizes, into);
  }
}
