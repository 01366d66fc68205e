/** How far a long job is. */
export interface Progress {
  /** `done` from 0 to 1; the text says what the job has reached. */
  update(done: number, text: string): void;
  end(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar on a terminal; elsewhere a line now and then. */
export async function createProgress(title: string, stream: NodeJS.WriteStream): Promise<Progress> {
  return stream.isTTY ? bar(title, stream) : lines(title, stream);
}

async function bar(title: string, stream: NodeJS.WriteStream): Promise<Progress> {
  const { default: cliProgress } = await import('cli-progress');
  const format = `${title} {bar} {percentage} % | {text}`;
  const shown = new cliProgress.SingleBar({ format, stream, hideCursor: true, fps: 5, barsize: 24 }, cliProgress.Presets.shades_classic);
  return {
    update: (done, text) => {
      if (!shown.isActive) shown.start(1000, 0, { text });
      shown.update(Math.round(1000 * Math.min(1, done)), { text });
    },
    end: () => shown.stop(),
  };
}

/** Quick jobs say nothing; others, how far they are, every few seconds. */
function lines(title: string, stream: Stream): Progress {
  let next = performance.now() + LINE_EVERY;
  return {
    update: (done, text) => {
      const now = performance.now();
      if (now < next) return;
      next = now + LINE_EVERY;
      stream.write(`${title} ${Math.round(100 * Math.min(1, done))} % | ${text}\n`);
    },
    end: () => {},
  };
}

/** [ms] */
const LINE_EVERY = 5000;
