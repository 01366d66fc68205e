import { useEffect, useMemo, useState } from 'preact/hooks';
import type { HelloMessage, StoredEvaluation } from '../../protocol.ts';
import { useConnected } from '../parts/connected.ts';
import { readWords, useAddress, viewOf, writeWords } from '../parts/route.ts';
import type { Server } from '../parts/server.ts';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';
import { csvOf } from './csv.ts';
import { DotPlot } from './dot-plot.tsx';
import { EvaluationTable } from './evaluation-table.tsx';
import { PartShares } from './part-shares.tsx';
import { namesOf, type Order, type Row, rowsOf, sorted, sweepsOf } from './rows.ts';
import { SweepPlot } from './sweep-plot.tsx';

/** Results that are drawn at most: the latest. */
const DRAWN = 40;

/** The evaluations of the run store: dots with intervals, parts of the cost, sweeps, and a table to sort and download. */
export function CompareView({ server, hello }: { readonly server: Server; readonly hello: HelloMessage }) {
  const texts = useTexts();
  const connected = useConnected();
  const [evaluations, setEvaluations] = useState<readonly StoredEvaluation[] | null>(null);
  const [scenario, setScenario] = useState(() => readWords().get('scenario') ?? '');
  const [order, setOrder] = useState<Order>({ column: 'scenario', descending: false });
  useEffect(() => server.listen((message) => message.type === 'evaluations' && setEvaluations(message.evaluations)), [server]);
  // Also after a lost connection: hello is another one then.
  useEffect(() => void server.send({ type: 'compare' }), [server, hello]);
  useAddress(() => {
    if (viewOf(readWords()) === 'compare') setScenario(readWords().get('scenario') ?? '');
  });
  useEffect(() => writeWords('compare', new URLSearchParams(scenario === '' ? {} : { scenario })), [scenario]);
  const found = evaluations ?? [];
  const scenarios = [...new Set(found.map((evaluation) => evaluation.scenario))].sort();
  const chosen = useMemo(() => found.filter((evaluation) => scenario === '' || evaluation.scenario === scenario), [found, scenario]);
  const { policy: called } = useNames();
  const names = useMemo(() => namesOf(hello, called), [hello, texts]);
  const rows = useMemo(() => sorted(rowsOf(chosen, names), order), [chosen, names, order]);
  const drawn = useMemo(() => latest(rows), [rows]);
  const sweeps = useMemo(() => sweepsOf(chosen), [chosen]);

  return (
    <main id="content" aria-busy={evaluations === null}>
      <div class="above">
        <h2 class="heading">
          <strong>{texts.compare.title}</strong>
          {evaluations !== null && <span class="scenario">{texts.compare.count(chosen.length)}</span>}
        </h2>
        <label class="window">
          <span>{texts.common.scenario}</span>
          <select value={scenario} onChange={(event) => setScenario(event.currentTarget.value)}>
            <option value="">{texts.compare.all}</option>
            {scenarios.map((id) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={!connected} onClick={() => server.send({ type: 'compare' })}>
          {texts.compare.refresh}
        </button>
        <button type="button" disabled={rows.length === 0} onClick={() => download(csvOf(rows))}>
          {texts.compare.download}
        </button>
      </div>
      {evaluations === null && <p class="card empty waiting">{texts.compare.loading}</p>}
      {evaluations !== null && rows.length === 0 && <p class="card empty">{texts.compare.none}</p>}
      {rows.length > 0 && (
        <>
          {drawn.length < rows.length && <p class="note">{texts.compare.drawn(drawn.length, rows.length)}</p>}
          <div class="plots">
            <DotPlot rows={drawn} />
            <PartShares rows={drawn} />
            {sweeps.map((sweep) => (
              <SweepPlot key={`${sweep.scenario} ${sweep.knob} ${sweep.values.length}`} sweep={sweep} names={names} />
            ))}
          </div>
          <EvaluationTable rows={rows} order={order} onOrder={setOrder} />
        </>
      )}
    </main>
  );
}

function latest(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= DRAWN) return rows;
  const recent = new Set(sorted(rows, { column: 'at', descending: true }).slice(0, DRAWN));
  return rows.filter((row) => recent.has(row));
}

/** Hands a file to the browser; it is made here, nothing is asked of the server. */
function download(csv: string): void {
  const address = URL.createObjectURL(new Blob([`\ufeff${csv}`], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = 'replenish-evaluations.csv';
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
