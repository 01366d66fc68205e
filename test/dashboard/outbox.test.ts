import { expect, test } from 'vitest';
import { Outbox, type WritableSocket } from '../../dashboard/index.ts';
import { HandClock } from './hand-clock.ts';

/** A socket whose reader takes nothing until it is told to. */
class StubbornSocket implements WritableSocket {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly pieces: string[] = [];
  closed: string | null = null;
  terminated = false;
  #written: (() => void)[] = [];

  send(data: string | Uint8Array, _options: object, written: () => void): void {
    this.pieces.push(String(data));
    this.bufferedAmount += data.length;
    this.#written.push(written);
  }

  take(): void {
    this.bufferedAmount = 0;
    for (const written of this.#written.splice(0)) written();
  }

  close(_code: number, reason: string): void {
    this.readyState = 2;
    this.closed = reason;
  }

  terminate(): void {
    this.terminated = true;
  }
}

function stubborn() {
  const clock = new HandClock();
  const socket = new StubbornSocket();
  const story = { told: 0, there: 0 };
  const dropped: string[] = [];
  const outbox = new Outbox({
    socket,
    clock,
    next: () => {
      if (story.told === story.there) return null;
      const piece = `${story.told + 1} to ${story.there}`;
      story.told = story.there;
      return Buffer.from(piece);
    },
    onDrop: (reason) => dropped.push(reason),
  });
  return { clock, socket, story, dropped, outbox };
}

test('a slow reader gets all that has come together in one piece: no more than one waits for it', () => {
  const { socket, story, outbox } = stubborn();
  for (let k = 1; k <= 100; k++) {
    story.there = k;
    outbox.tell();
  }
  expect(socket.pieces).toEqual(['1 to 1']);
  socket.take();
  expect(socket.pieces).toEqual(['1 to 1', '2 to 100']);
});

test('a reader that stops reading is let go, with a reason', () => {
  const { clock, socket, story, dropped, outbox } = stubborn();
  story.there = 1;
  outbox.tell();
  clock.turn(14_999);
  expect(socket.closed).toBeNull();
  clock.turn(1);
  expect(socket.closed).toContain('does not read');
  expect(dropped).toHaveLength(1);
  clock.turn(5000);
  expect(socket.terminated).toBe(true);
  story.there = 2;
  outbox.tell();
  expect(socket.pieces).toHaveLength(1);
});

test('a reader that asks on and on and takes no answer costs a bounded buffer', () => {
  const { socket, dropped, outbox } = stubborn();
  const answer = { type: 'error' as const, message: 'x'.repeat(1000), expected: null, of: null };
  for (let k = 0; k < 10_000; k++) outbox.send(answer);
  expect(dropped).toEqual(['it does not read what it asked for']);
  expect(socket.bufferedAmount).toBeLessThan(4_100_000);
});
