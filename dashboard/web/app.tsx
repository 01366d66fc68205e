import { useEffect, useState } from 'preact/hooks';
import { CompareView } from './compare/compare-view.tsx';
import { Header } from './header.tsx';
import { Notice } from './notice.tsx';
import { Connected } from './parts/connected.ts';
import { useView } from './parts/route.ts';
import { Server } from './parts/server.ts';
import { useStore } from './parts/store.ts';
import { PlayView } from './play/play-view.tsx';
import { Table } from './play/table.ts';
import { useTexts } from './texts/index.tsx';
import { TrainView } from './train/train-view.tsx';
import { Trainer } from './train/trainer.ts';
import { WatchView } from './watch/watch-view.tsx';
import { Watcher } from './watch/watcher.ts';

/** What the page holds as long as it is open. What plays or trains goes on while another view is shown, and a view that comes back shows where it is. */
function createLaboratory() {
  const server = new Server();
  const gameServer = new Server();
  return { server, gameServer, watcher: new Watcher(server), trainer: new Trainer(server), table: new Table(gameServer) };
}

/** The page: a bar of views, and the one that the address names. */
export function App() {
  const texts = useTexts();
  const [laboratory] = useState(createLaboratory);
  const view = useView();
  const { server, gameServer, watcher, trainer, table } = laboratory;
  const playing = view === 'play';
  const state = useStore(server);
  const game = useStore(gameServer);
  useEffect(() => server.open(), [server]);
  useEffect(() => {
    if (playing) gameServer.open();
  }, [gameServer, playing]);
  const current = playing ? game : state;
  const { hello } = current;
  return (
    <>
      <Header view={view} link={current.link} />
      <Notice server={playing ? gameServer : server} state={current} />
      {hello === null && (current.link === 'foreign' ? <main id="content" /> : <Empty text={texts.page.loading} waiting />)}
      {hello !== null && (
        <Connected.Provider value={current.link === 'open'}>
          {view === 'watch' && hello.scenarios.length === 0 && <Empty text={texts.page.nothingToWatch} />}
          {view === 'watch' && hello.scenarios.length > 0 && <WatchView watcher={watcher} server={server} hello={hello} />}
          {view === 'play' && <PlayView table={table} hello={hello} />}
          {view === 'train' && <TrainView trainer={trainer} hello={hello} />}
          {view === 'compare' && <CompareView server={server} hello={hello} />}
        </Connected.Provider>
      )}
    </>
  );
}

/** A view with nothing but a word about it. */
function Empty({ text, waiting = false }: { readonly text: string; readonly waiting?: boolean }) {
  return (
    <main id="content" aria-busy={waiting}>
      <p class={waiting ? 'card empty waiting' : 'card empty'}>{text}</p>
    </main>
  );
}
