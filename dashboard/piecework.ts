/** Work that pauses again and again, so that other work can be done meanwhile. */
export type Piecework<T> = Generator<undefined, T>;

/** Does all of it at once. */
export function finish<T>(work: Piecework<T>): T {
  for (;;) {
    const piece = work.next();
    if (piece.done) return piece.value;
  }
}
