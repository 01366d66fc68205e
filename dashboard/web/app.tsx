import { useEffect, useState } from 'preact/hooks';
import { CompareView } from './compare/compare-view.tsx';
import { Header } from './header.tsx';
import { Notice } from './notice.tsx';
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
      {hello === null ? (
        <Loading />
      ) : (
        <>
          {view === 'watch' && <WatchView watcher={watcher} server={server} hello={hello} />}
          {view === 'play' && <PlayView table={table} hello={hello} />}
          {view === 'train' && <TrainView trainer={trainer} hello={hello} />}
          {view === 'compare' && <CompareView server={server} hello={hello} />}
        </>
      )}
    </>
  );
}

function Loading() {
  const texts = useTexts();
  return (
    <main id="content" aria-busy="true">
      <p class="card empty waiting">{texts.page.loading}</p>
    </main>
  );
}
