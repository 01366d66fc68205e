import { WebSocket } from 'ws';

// The pages of bench/dashboard.ts, without browsers.
const url = new URL(process.argv[2]);
const { seconds, watchers, sessions } = JSON.parse(process.argv[3]);
/** [periods/second] such that an episode of 5,000 periods lasts long enough. */
const speed = Math.min(50, Math.floor(4800 / seconds));
const watch = { type: 'watch', scenario: 'lost-sales', policies: ['base-stock:S=30', 's-S:s=20,S=30'], seed: 1, periods: 5000, speed };
/** [ms] by which frames come later than the best that their page has seen within a second. A machine that is busy with other work shifts all of a page's frames. */
const lateness = new Float32Array((watchers + sessions) * speed * (seconds + 10));
const WINDOW = 1000;
let measured = 0;
let frames = 0;
/** What came before everybody was there is no measure: pages that join are first told what they have missed. */
let measuring = false;

interface Page {
  readonly socket: WebSocket;
  readonly session: Promise<string>;
  readonly ended: Promise<void>;
}

function open({ first, timed = true }: { first?: object; timed?: boolean } = {}): Page {
  const socket = new WebSocket(`ws://${url.host}/ws${url.search}`, { headers: { Origin: url.origin } });
  let recent: { readonly time: number; readonly offset: number }[] = [];
  let tellSession = (_session: string) => {};
  let tellEnd = () => {};
  const session = new Promise<string>((resolve) => {
    tellSession = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    tellEnd = resolve;
  });
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    if (message.type === 'hello' && first !== undefined) socket.send(JSON.stringify(first));
    else if (message.type === 'watching') tellSession(message.session);
    else if (message.type === 'end') tellEnd();
    else if (message.type === 'error') console.error(message.message);
    else if (message.type === 'frames') {
      frames += message.frames.length;
      const time = performance.now();
      if (!timed || !measuring) return;
      recent = recent.filter((other) => other.time > time - WINDOW);
      for (const { period } of message.frames) {
        recent.push({ time, offset: time - (1000 * period) / speed });
        lateness[measured++] = time - (1000 * period) / speed - Math.min(...recent.map(({ offset }) => offset));
      }
    }
  });
  return { socket, session, ended };
}

/** [ms] Longest that this process kept its messages waiting: as much of the most delay may be its own. */
let longestBlock = 0;
let beat = performance.now();
setInterval(() => {
  const now = performance.now();
  if (measuring) longestBlock = Math.max(longestBlock, now - beat - 10);
  beat = now;
}, 10);

const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

const began = performance.now();
const whole = open({ first: { ...watch, policies: [...watch.policies, 'constant:r=5', 'r-Q:r=22,Q=8'] }, timed: false });
await whole.session;
whole.socket.send(JSON.stringify({ type: 'control', action: 'end' }));
await whole.ended;
const endToEnd = performance.now() - began;
whole.socket.close();

const shared = open({ first: { ...watch, play: true } });
const id = await shared.session;
const pages = [shared];
for (let k = 1; k < watchers; k++) pages.push(open({ first: { type: 'join', session: id } }));
for (let k = 0; k < sessions; k++) pages.push(open({ first: { ...watch, seed: k + 2, play: true } }));
await Promise.all(pages.map(({ session }) => session));
await pause(1000);
frames = 0;
measuring = true;
const start = performance.now();
// Asks for much again and again, and reads nothing of it.
const stalled = open({ first: { ...watch, seed: 7 }, timed: false });
await stalled.session;
stalled.socket.pause();
let asked = 0;
const asking = setInterval(() => {
  if (stalled.socket.readyState === WebSocket.OPEN) {
    stalled.socket.send(JSON.stringify({ type: 'control', action: asked++ % 2 === 0 ? 'end' : 'restart' }));
  }
}, 250);
await pause(1000 * seconds);
clearInterval(asking);
measuring = false;
const elapsed = (performance.now() - start) / 1000;
const framesPerSecond = Math.round(frames / elapsed);
const closed = pages.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
for (const { socket } of pages) socket.close();
await Promise.all(closed);
const sorted = lateness.subarray(0, measured).sort();
const at = (part: number) => Math.round(10 * (sorted[Math.floor(part * (measured - 1))] ?? 0)) / 10;
console.log(
  JSON.stringify({
    watchers,
    sessions,
    seconds,
    framesPerSecond,
    p50DelayMs: at(0.5),
    p99DelayMs: at(0.99),
    mostDelayMs: at(1),
    readersBlockMs: Math.round(longestBlock),
    endToEndSeconds: Math.round(endToEnd) / 1000,
  }),
);
process.exit(0);
