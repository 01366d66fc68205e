import type { ComponentChildren } from 'preact';
import { everything, lastPeriods, type Range, WINDOWS } from './range.ts';
import { texts } from './texts.ts';
import { type PageState, SPEEDS, type Watcher } from './watcher.ts';

interface TransportProps {
  readonly watcher: Watcher;
  readonly state: PageState;
}

/** Play, pause, step, end, restart, speed. */
export function Transport({ watcher, state }: TransportProps) {
  const { playing, ended, watch, history, shown, opening } = state;
  const off = shown === null || opening;
  const played = history.frames.length;
  const status = ended ? texts.ended : playing ? texts.playing : texts.paused;
  return (
    <div class="card transport" role="toolbar" aria-label={texts.play}>
      <div class="buttons">
        <Button label={texts.restart} key_="R" off={off || played === 0} press={() => watcher.control('restart')}>
          <path d="M5 12a7 7 0 1 0 2.2-5.1M5 4v4h4" />
        </Button>
        <button type="button" class="main" disabled={off} aria-keyshortcuts="Space" onClick={() => watcher.toggle()}>
          <Icon>{playing ? <path d="M8 5v14M16 5v14" /> : <path d="M7 4.5v15l12-7.500z" class="solid" />}</Icon>
          {playing ? texts.pause : texts.play}
        </button>
        <Button label={texts.step} key_="ArrowRight" off={off || ended} press={() => watcher.control('step')}>
          <path d="M6 5v14l8-7zM18 5v14" />
        </Button>
        <Button label={texts.end} key_="E" off={off || ended} press={() => watcher.control('end')}>
          <path d="M4 5v14l6-7zM12 5v14l6-7zM20 5v14" />
        </Button>
      </div>
      <label class="speed">
        <span>{texts.speed}</span>
        <input
          type="range"
          min={0}
          max={SPEEDS.length - 1}
          step={1}
          value={Math.max(
            0,
            SPEEDS.findIndex((speed) => speed >= state.speed),
          )}
          aria-valuetext={texts.speedValue(state.speed)}
          onInput={(event) => watcher.setSpeed(SPEEDS[Number(event.currentTarget.value)])}
        />
        <output>{texts.speedValue(state.speed)}</output>
      </label>
      <div class="progress">
        <progress max={watch?.periods ?? 1} value={played} aria-label={texts.progress(played, watch?.periods ?? 0)} />
        <span class="count">{texts.progress(played, watch?.periods ?? 0)}</span>
        <span class="unseen" role="status">
          {status}
        </span>
      </div>
    </div>
  );
}

interface WindowProps {
  readonly range: Range;
  readonly onRange: (range: Range) => void;
}

/** How many periods the plots show. */
export function Window({ range, onRange }: WindowProps) {
  return (
    <label class="window">
      <span>{texts.window}</span>
      <select value={range.id} onChange={(event) => onRange(rangeOf(event.currentTarget.value))}>
        {range.id === 'zoom' && <option value="zoom">…</option>}
        <option value="all">{texts.windowAll}</option>
        {WINDOWS.map((count) => (
          <option key={count} value={count}>
            {texts.windowLast(count)}
          </option>
        ))}
      </select>
      {range.id === 'zoom' && (
        <button type="button" class="chip" onClick={() => onRange(everything)}>
          {texts.resetZoom}
        </button>
      )}
    </label>
  );
}

function rangeOf(id: string): Range {
  return id === 'all' ? everything : lastPeriods(Number(id));
}

interface ButtonProps {
  readonly label: string;
  readonly key_: string;
  readonly off: boolean;
  readonly press: () => void;
  readonly children: ComponentChildren;
}

function Button({ label, key_, off, press, children }: ButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} aria-keyshortcuts={key_} disabled={off} onClick={press}>
      <Icon>{children}</Icon>
    </button>
  );
}

function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      {children}
    </svg>
  );
}
