export type ArrayOf<T> = (new (memory: SharedArrayBuffer) => T) & { readonly BYTES_PER_ELEMENT: number };

/** A typed array in memory that threads can share, all 0. */
export function sharedArray<T>(type: ArrayOf<T>, length: number): T {
  return new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT));
}
