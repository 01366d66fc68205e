import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Frame } from './protocol.ts';

/** Frames of one page of the store: a message's worth. */
const PAGE = 200;

/** The frames of an episode as the text that is sent. Whole pages of them are kept deflated, a tenth of their size: fifty long episodes are no burden. */
export class FrameStore {
  readonly #pages: Uint8Array[] = [];
  /** Those that are no whole page yet. */
  #open: string[] = [];
  /** The page that was read last. */
  #read: { readonly page: number; readonly frames: readonly string[] } | null = null;

  get length(): number {
    return this.#pages.length * PAGE + this.#open.length;
  }

  push(frame: Frame): void {
    this.#open.push(JSON.stringify(frame));
    if (this.#open.length < PAGE) return;
    // JSON has no line breaks outside of its strings, and those are escaped.
    // A copy: what zlib hands out is the beginning of a buffer twice as large, all of which would be kept.
    this.#pages.push(new Uint8Array(deflateRawSync(this.#open.join('\n'), { level: 3 })));
    this.#open = [];
  }

  /** Frames from one index up to, not with, another: JSON, without the brackets. */
  text(from: number, to: number): string {
    const pieces: string[] = [];
    for (let at = from; at < to; ) {
      const page = Math.floor(at / PAGE);
      const frames = this.#page(page).slice(at - page * PAGE, to - page * PAGE);
      if (frames.length === 0) break;
      pieces.push(...frames);
      at += frames.length;
    }
    return pieces.join();
  }

  #page(page: number): readonly string[] {
    if (page >= this.#pages.length) return this.#open;
    if (this.#read?.page !== page) this.#read = { page, frames: inflateRawSync(this.#pages[page]).toString().split('\n') };
    return this.#read.frames;
  }
}
