import type { ComponentChildren } from 'preact';
import { useConnected } from '../parts/connected.ts';
import { everything, lastPeriods, type Range, WINDOWS } from '../parts/range.ts';
import type { Session } from '../parts/session.ts';
import { type SessionState, SPEEDS } from '../parts/session-state.ts';
import { ResetZoom } from '../parts/zoom.tsx';
import { useTexts } from '../texts/index.tsx';

interface TransportProps {
  readonly session: Session;
  readonly state: SessionState;
}

/** Play, pause, step, end, restart, speed. */
export function Transport({ session, state }: TransportProps) {
  const texts = useTexts();
  const { playing, ended, watch, history, shown, opening } = state;
  const connected = useConnected();
  const off = shown === null || opening !== null || !connected;
  const played = history.frames.length;
  const status = ended ? texts.watch.ended : playing ? texts.watch.playing : texts.watch.paused;
  return (
    <div class="card transport" role="toolbar" aria-label={texts.watch.controls} aria-busy={state.turning}>
      <div class="buttons">
        <Button label={texts.watch.restart} key_="R" off={off || played === 0} press={() => session.control('restart')}>
          <path d="M5 12a7 7 0 1 0 2.2-5.1M5 4v4h4" />
        </Button>
        <Button label={texts.common.newSeed} key_="N" off={off} press={() => session.control('seed')}>
          <path d="M5 5h14v14H5zM9 9h.01M15 9h.01M12 12h.01M9 15h.01M15 15h.01" />
        </Button>
        <button type="button" class="main" disabled={off} aria-keyshortcuts="Space" onClick={() => session.toggle()}>
          <Icon>{playing ? <path d="M8 5v14M16 5v14" /> : <path d="M7 4.5v15l12-7.500z" class="solid" />}</Icon>
          {playing ? texts.watch.pause : texts.watch.play}
        </button>
        <Button label={texts.watch.step} key_="ArrowRight" off={off || ended} press={() => session.control('step')}>
          <path d="M6 5v14l8-7zM18 5v14" />
        </Button>
        <Button label={texts.watch.end} key_="E" off={off || ended} press={() => session.control('end')}>
          <path d="M4 5v14l6-7zM12 5v14l6-7zM20 5v14" />
        </Button>
      </div>
      <label class="speed">
        <span>{texts.watch.speed}</span>
        <input
          type="range"
          min={0}
          max={SPEEDS.length - 1}
          step={1}
          value={Math.max(
            0,
            SPEEDS.findIndex((speed) => speed >= state.speed),
          )}
          aria-valuetext={texts.watch.speedValue(state.speed)}
          onInput={(event) => session.setSpeed(SPEEDS[Number(event.currentTarget.value)])}
        />
        <output>{texts.watch.speedValue(state.speed)}</output>
      </label>
      <div class="progress">
        <progress max={watch?.periods ?? 1} value={played} aria-label={texts.watch.progress(played, watch?.periods ?? 0)} />
        <span class="count">{texts.watch.progress(played, watch?.periods ?? 0)}</span>
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
  /** Takes a zoom back. */
  readonly onReset: () => void;
}

/** How many periods the plots show. */
export function Window({ range, onRange, onReset }: WindowProps) {
  const texts = useTexts();
  return (
    <div class="window">
      <label>
        <span>{texts.watch.window}</span>
        <select value={range.id} onChange={(event) => onRange(rangeOf(event.currentTarget.value))}>
          {range.id === 'zoom' && <option value="zoom">{texts.watch.zoomed}</option>}
          <option value="all">{texts.watch.windowAll}</option>
          {WINDOWS.map((count) => (
            <option key={count} value={count}>
              {texts.watch.windowLast(count)}
            </option>
          ))}
        </select>
      </label>
      <ResetZoom reset={range.id === 'zoom' ? onReset : null} />
    </div>
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
