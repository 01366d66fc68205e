import cliProgress from 'cli-progress';

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

/** A bar on a terminal; elsewhere a line at every tenth of the way. */
export function createProgress(title: string, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(title, stream) : lines(title, stream);
}

function bar(title: string, stream: NodeJS.WriteStream): Progress {
  const format = `${title} {bar} {percentage} % | {text}`;
  const shown = new cliProgress.SingleBar({ format, stream, hideCursor: true, fps: 5, barsize: 24 }, cliProgress.Presets.shades_classic);
  shown.start(1000, 0, { text: '' });
  return {
    update: (done, text) => shown.update(Math.round(1000 * Math.min(1, done)), { text }),
    end: () => shown.stop(),
  };
}

function lines(title: string, stream: Stream): Progress {
  let next = 0;
  return {
    update: (done, text) => {
      if (done < next) return;
      next = Math.floor(done * 10 + 1) / 10;
      stream.write(`${title} ${Math.round(100 * Math.min(1, done))} % | ${text}\n`);
    },
    end: () => {},
  };
}
