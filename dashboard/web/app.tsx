import { useEffect, useMemo, useState } from 'preact/hooks';
import { nameOf } from './item-picker.tsx';
import { useKeys } from './keyboard.ts';
import { type Palette, readPalette } from './palette.ts';
import { Plots } from './plots.tsx';
import { lastPeriods, type Range, zoomed } from './range.ts';
import { ScoreTable } from './score-table.tsx';
import { Setup } from './setup.tsx';
import { texts } from './texts.ts';
import { Transport, Window } from './transport.tsx';
import type { PageState, Watcher } from './watcher.ts';

/** The page: what is watched on the left, how it goes on the right. */
export function App({ watcher }: { readonly watcher: Watcher }) {
  const state = useWatcher(watcher);
  const [range, setRange] = useState<Range>(() => lastPeriods(52));
  const [inspected, setInspected] = useState<number | null>(null);
  const [hidden, setHidden] = useState<readonly number[]>([]);
  const palette = usePalette();
  const { history, shown } = state;
  const names = shown?.names ?? [];
  const visible = names.map((_, k) => !hidden.includes(k));
  const held = inspected !== null && inspected < history.frames.length ? inspected : null;

  const keys = useMemo(() => {
    const look = (by: number) => {
      const last = watcher.state.history.frames.length - 1;
      setInspected((at) => Math.max(0, Math.min(last, (at ?? last) + by)));
    };
    return {
      ' ': () => watcher.toggle(),
      ArrowRight: () => {
        if (held !== null && held < history.frames.length - 1) return look(1);
        setInspected(null);
        watcher.control('step');
      },
      ArrowLeft: () => (history.frames.length > 0 ? look(-1) : undefined),
      ArrowUp: () => watcher.shiftSpeed(1),
      ArrowDown: () => watcher.shiftSpeed(-1),
      e: () => watcher.control('end'),
      r: () => watcher.control('restart'),
      Escape: () => setInspected(null),
    };
  }, [watcher, held, history.frames.length]);
  useKeys(keys);

  return (
    <>
      <Header state={state} />
      <Notice watcher={watcher} state={state} />
      <main>
        <Setup watcher={watcher} state={state} />
        <div class="stage" aria-busy={state.opening}>
          <div class="above">
            <Heading state={state} />
            <Window range={range} onRange={setRange} />
          </div>
          <Transport watcher={watcher} state={state} />
          {names.length > 0 && (
            <>
              <ScoreTable
                history={history}
                names={names}
                optimum={state.optimum}
                visible={visible}
                inspected={held}
                onVisible={(k, on) => setHidden(on ? hidden.filter((other) => other !== k) : [...hidden, k])}
              />
              <Plots
                history={history}
                version={state.revision}
                names={names}
                visible={visible}
                palette={palette}
                range={range}
                inspected={held}
                onInspect={setInspected}
                onZoom={(from, to) => setRange(zoomed(from, to))}
              />
            </>
          )}
          <p class="keys">{texts.keys}</p>
        </div>
      </main>
    </>
  );
}

function Header({ state }: { readonly state: PageState }) {
  const { link } = state;
  const said = { connecting: texts.connecting, open: texts.connected, lost: texts.lost, foreign: texts.otherVersion }[link];
  return (
    <header class="top">
      <h1>{texts.productName}</h1>
      <p>{texts.tagline}</p>
      <p class={`link ${link}`} role="status">
        {said}
      </p>
    </header>
  );
}

/** The scenario and the item in large letters: texts from data stay texts. */
function Heading({ state }: { readonly state: PageState }) {
  const { shown, watch, opening, scenarios } = state;
  if (watch === null) return null;
  if (opening) return <p class="heading waiting">{texts.opening}</p>;
  if (shown === null) return null;
  const title = scenarios.find(({ id }) => id === watch.scenario)?.title ?? shown.title;
  const item = shown.items.length > 0 ? shown.items[watch.lane % shown.items.length] : null;
  return (
    <p class="heading">
      <strong>{item ? nameOf(item) : title}</strong>
      {item && <span class="scenario">{title}</span>}
    </p>
  );
}

function Notice({ watcher, state }: { readonly watcher: Watcher; readonly state: PageState }) {
  const { error, link, scenarios } = state;
  if (error !== null) {
    return (
      <div class="notice" role="alert">
        <p>
          {error.message} {error.expected !== null && texts.expected(error.expected)}
        </p>
        <button type="button" class="bare" aria-label={texts.dismiss} onClick={() => watcher.dismiss()}>
          ×
        </button>
      </div>
    );
  }
  if (link === 'foreign') return <Banner text={texts.otherVersion} />;
  if (link === 'lost') return <Banner text={texts.lost} />;
  if (link === 'open' && state.greeted && scenarios.length === 0) return <Banner text={texts.nothingToWatch} />;
  return null;
}

function Banner({ text }: { readonly text: string }) {
  return (
    <div class="notice" role="alert">
      <p>{text}</p>
    </div>
  );
}

function useWatcher(watcher: Watcher): PageState {
  const [state, setState] = useState(watcher.state);
  useEffect(() => watcher.subscribe(setState), [watcher]);
  return state;
}

/** Colours follow the system's light and dark. */
function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const read = () => setPalette(readPalette());
    dark.addEventListener('change', read);
    return () => dark.removeEventListener('change', read);
  }, []);
  return palette;
}
