import { money, units } from '../parts/format.ts';
import { shortOf } from '../parts/history.ts';
import { PolicyName } from '../parts/swatch.tsx';
import { useTexts } from '../texts/index.tsx';
import { rowsOf, type ScoreTableProps } from './score-props.ts';

/** The numbers of one period: the one under the cursor, or the last. */
export function InPeriod({ history, names, inspected, onWhy }: ScoreTableProps) {
  const texts = useTexts();
  const frame = history.frames[inspected ?? history.frames.length - 1];
  const backlogs =
    frame?.policies.some(({ backlog }) => backlog > 0) || history.policies.some(({ backlog }) => backlog.some((units) => units > 0));
  const { mean, p10, p90 } = frame?.forecast ?? { mean: 0, p10: 0, p90: 0 };
  return (
    <div class="card table in-period">
      <table>
        <caption>
          {frame ? texts.watch.atPeriod(frame.period) : texts.watch.nothingYet}
          {frame && <span>{texts.watch.demandLine(units(frame.demand), units(mean), units(p10), units(p90))}</span>}
          {frame && (
            <button type="button" class="chip" onClick={onWhy}>
              {texts.why.ask}
            </button>
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">{texts.common.policy}</th>
            <th scope="col">{texts.common.onHand}</th>
            <th scope="col">{texts.common.onOrder}</th>
            {backlogs && <th scope="col">{texts.common.backlog}</th>}
            <th scope="col">{texts.common.order}</th>
            <th scope="col">{texts.common.short}</th>
            <th scope="col">{texts.common.cost}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(names).map(({ name, k }) => {
            const policy = frame?.policies[k];
            return (
              <tr key={k} data-policy={name}>
                <th scope="row">
                  <PolicyName k={k} name={name} />
                </th>
                <td data-measure="onHand">{policy ? units(policy.onHand) : '–'}</td>
                <td data-measure="onOrder">{policy ? units(policy.onOrder) : '–'}</td>
                {backlogs && <td data-measure="backlog">{policy ? units(policy.backlog) : '–'}</td>}
                <td data-measure="orders">{policy ? units(policy.orders) : '–'}</td>
                <td data-measure="short">{frame ? units(shortOf(frame, k)) : '–'}</td>
                <td data-measure="cost">{policy ? money(policy.cost) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
