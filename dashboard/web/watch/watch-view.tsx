import { useMemo, useState } from 'preact/hooks';
import type { HelloMessage } from '../../protocol.ts';
import { EpisodeTitle } from '../parts/episode-title.tsx';
import { EVERYWHERE, type Place } from '../parts/history.ts';
import { useKeys } from '../parts/keyboard.ts';
import { usePalette } from '../parts/palette.ts';
import { lastPeriods, type Range, within, zoomed } from '../parts/range.ts';
import { useAddress } from '../parts/route.ts';
import type { Server } from '../parts/server.ts';
import type { SessionState } from '../parts/session-state.ts';
import { useStore } from '../parts/store.ts';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';
import { AnyItem } from './any-item.tsx';
import { useInspection } from './inspection.ts';
import { NetworkCard } from './network-card.tsx';
import { Plots } from './plots.tsx';
import { ScoreTable } from './score-table.tsx';
import { Setup } from './setup.tsx';
import { Transport, Window } from './transport.tsx';
import type { Watcher } from './watcher.ts';
import { WhyCard } from './why-card.tsx';

interface WatchViewProps {
  readonly watcher: Watcher;
  readonly server: Server;
  readonly hello: HelloMessage;
}

/** What is watched on the left, how it goes on the right. */
export function WatchView({ watcher, server, hello }: WatchViewProps) {
  const { session } = watcher;
  const texts = useTexts();
  const state = useStore(session);
  const [range, setRange] = useState<Range>(() => lastPeriods(52));
  /** In place of that range, until it is taken back or another session is shown. */
  const [zoom, setZoom] = useState<{ readonly of: string; readonly range: Range } | null>(null);
  const { held, point, look, forget } = useInspection(state);
  /** Specs of policies: they stay hidden in another episode. */
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const [chosen, setPlace] = useState<{ readonly of: string; readonly place: Place } | null>(null);
  const palette = usePalette();
  const { history, shown } = state;
  const anyItem = hello.scenarios.some((choice) => choice.id === state.watch?.scenario && choice.anyItem);
  const called = useNames();
  const names = (shown?.names ?? []).map(called.policy);
  const periods = shown?.watch.periods ?? 0;
  const wanted = zoom !== null && zoom.of === shown?.session ? zoom.range : range;
  const drawnRange = useMemo(() => within(wanted, periods), [wanted, periods]);
  const specs = shown?.watch.policies ?? [];
  const visible = specs.map((spec) => !hidden.includes(spec));
  // Another session may have another network.
  const place = chosen !== null && chosen.of === shown?.session ? chosen.place : EVERYWHERE;
  // While nothing plays or is pointed at, what was asked about stays in sight.
  const told = held ?? (state.playing || state.why === null ? null : Math.min(state.why.period, history.frames.length) - 1);
  useAddress(() => watcher.show());
  history.show(place);

  const why = (index: number | null) => session.askWhy((index ?? history.frames.length - 1) + 1);
  useKeys({
    ' ': () => session.toggle(),
    ArrowRight: () => {
      if (held !== null && held < history.frames.length - 1) return look(1);
      forget();
      session.control('step');
    },
    ArrowLeft: () => (history.frames.length > 0 ? look(-1) : undefined),
    ArrowUp: () => session.shiftSpeed(1),
    ArrowDown: () => session.shiftSpeed(-1),
    e: () => session.control('end'),
    n: () => session.control('seed'),
    r: () => session.control('restart'),
    Enter: () => why(held),
    Escape: () => {
      forget();
      session.askWhy(null);
    },
  });

  return (
    <main class="with-setup" id="content">
      <Setup session={session} state={state} hello={hello} />
      <div class="stage" aria-busy={state.opening !== null}>
        <div class="above">
          <Heading state={state} hello={hello} />
          <Window
            range={wanted}
            onRange={(chosen) => {
              setZoom(null);
              setRange(chosen);
            }}
            onReset={() => setZoom(null)}
          />
        </div>
        <Transport session={session} state={state} />
        {shown !== null && (
          <>
            <ScoreTable
              history={history}
              names={names}
              costParts={shown.costParts}
              optimum={state.optimum}
              scores={state.scores}
              items={shown.items.length}
              scored={shown.watch.scores}
              visible={visible}
              inspected={told}
              onVisible={(k, on) => setHidden(on ? hidden.filter((other) => other !== specs[k]) : [...hidden, specs[k]])}
              onWhy={() => why(held)}
            />
            {state.why !== null && <WhyCard why={state.why} names={names} network={shown.network} onClose={() => session.askWhy(null)} />}
            {shown.network.locations.length > 1 && (
              <NetworkCard
                network={shown.network}
                names={names}
                history={history}
                frame={history.frames[told ?? history.frames.length - 1]}
                place={place}
                onPlace={(wanted) => setPlace({ of: shown.session, place: wanted })}
              />
            )}
            <Plots
              history={history}
              version={state.revision + hashOf(place)}
              names={names}
              visible={visible}
              palette={palette}
              range={drawnRange}
              inspected={told}
              onInspect={point}
              onZoom={(from, to) => setZoom({ of: shown.session, range: zoomed(from, to) })}
              onPick={why}
            />
          </>
        )}
        {shown === null && state.opening === null && <p class="card empty">{texts.watch.nothingShown}</p>}
        {anyItem && state.watch !== null && <AnyItem key={state.watch.scenario} server={server} hello={hello} watch={state.watch} />}
        <p class="keys">{texts.watch.keys}</p>
      </div>
    </main>
  );
}

/** Another place is another drawing: as a part of a period, it never collides with a number of changes. */
function hashOf(place: Place): number {
  if (place.kind === 'all') return 0;
  return (place.index + 1) / (place.kind === 'link' ? 1024 : 32_768);
}

/** What is watched, or what is being waited for. */
function Heading({ state, hello }: { readonly state: SessionState; readonly hello: HelloMessage }) {
  const texts = useTexts();
  const { shown, watch, opening } = state;
  const names = useNames();
  if (watch === null) return null;
  if (opening !== null) {
    const { doing, policy } = opening;
    return (
      <p class="heading waiting" role="status">
        {doing === null
          ? texts.watch.opening
          : texts.watch.doing[doing](names.policy(hello.policies.find(({ spec }) => spec === policy)?.title ?? policy ?? ''))}
      </p>
    );
  }
  return shown === null ? null : <EpisodeTitle shown={shown} />;
}
