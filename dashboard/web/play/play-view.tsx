import { useMemo, useState } from 'preact/hooks';
import type { HelloMessage } from '../../protocol.ts';
import { EpisodeTitle } from '../parts/episode-title.tsx';
import { EVERYWHERE, type Place } from '../parts/history.ts';
import { usePalette } from '../parts/palette.ts';
import { everything, type Range, within, zoomed } from '../parts/range.ts';
import { useAddress } from '../parts/route.ts';
import { useStore } from '../parts/store.ts';
import { useWide } from '../parts/wide.ts';
import { ResetZoom } from '../parts/zoom.tsx';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';
import { Plots } from '../watch/plots.tsx';
import { Debrief } from './debrief.tsx';
import { GameForm } from './game-form.tsx';
import { OrderForm } from './order-form.tsx';
import { SeatList } from './seat-list.tsx';
import type { Table } from './table.ts';

/** A game: opened here or joined, period by period, and what it came to. */
export function PlayView({ table, hello }: { readonly table: Table; readonly hello: HelloMessage }) {
  const { session } = table;
  const texts = useTexts();
  const state = useStore(session);
  const palette = usePalette();
  const wide = useWide();
  const [range, setRange] = useState<Range>(everything);
  const [inspected, setInspected] = useState<number | null>(null);
  const { shown, history, opening } = state;
  const called = useNames();
  const known = shown?.names ?? [];
  const names = known.map(called.policy);
  const periods = shown?.watch.periods ?? 0;
  const drawnRange = useMemo(() => within(range, periods), [range, periods]);
  /** By the name that the server calls them: they stay hidden in another game. */
  const [hidden, setHidden] = useState<readonly string[]>([]);
  useAddress(() => table.show());
  const at = shown?.network.locations.findIndex(({ id }) => id === shown.seat?.location) ?? -1;
  const place: Place = shown !== null && shown.network.locations.length > 1 && at >= 0 ? { kind: 'location', index: at } : EVERYWHERE;
  history.show(place);

  if (!hello.scenarios.some(({ seats = [] }) => seats.length > 0)) {
    return (
      <main id="content">
        <p class="card empty">{texts.play.notPlayable}</p>
      </main>
    );
  }
  return (
    <main class="with-setup" id="content">
      <GameForm session={session} hello={hello} opening={opening !== null} open={wide || shown === null} />
      <div class="stage" aria-busy={opening !== null}>
        {shown === null && (
          <p class={opening === null ? 'card empty' : 'card empty waiting'}>{opening === null ? texts.play.intro : texts.watch.opening}</p>
        )}
        {shown !== null && (
          <>
            <EpisodeTitle shown={shown}>
              <span class="when">{texts.play.due(Math.min(history.frames.length + 1, shown.watch.periods), shown.watch.periods)}</span>
            </EpisodeTitle>
            <SeatList session={session} state={state} policies={hello.policies} />
            {!state.ended && shown.seat !== null && <OrderForm session={session} state={state} />}
            {state.ended && <Debrief state={state} session={session} />}
            <p class="shown-policies">
              <ResetZoom reset={range.id === 'zoom' ? () => setRange(everything) : null} />
              {names.map((name, k) => (
                <label key={`${k} ${name}`}>
                  <input
                    type="checkbox"
                    checked={!hidden.includes(known[k])}
                    onChange={({ currentTarget: { checked } }) =>
                      setHidden(checked ? hidden.filter((other) => other !== known[k]) : [...hidden, known[k]])
                    }
                  />
                  {name}
                </label>
              ))}
            </p>
            <Plots
              history={history}
              version={state.revision}
              names={names}
              visible={known.map((name) => !hidden.includes(name))}
              palette={palette}
              range={drawnRange}
              inspected={inspected !== null && inspected < history.frames.length ? inspected : null}
              onInspect={setInspected}
              onZoom={(from, to) => setRange(zoomed(from, to))}
            />
          </>
        )}
      </div>
    </main>
  );
}
