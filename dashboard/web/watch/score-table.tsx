import type { ScoresMessage } from '../../protocol.ts';
import { costPart, difference, fineMoney, finePercent, money, percent, withInterval } from '../parts/format.ts';
import { PolicyName, Swatch } from '../parts/swatch.tsx';
import { useTexts } from '../texts/index.tsx';
import { InPeriod } from './in-period.tsx';
import { rowsOf, type ScoreTableProps } from './score-props.ts';

/** What each policy has come to, what it comes to in the long run, and its numbers in one period. */
export function ScoreTable(props: ScoreTableProps) {
  return (
    <div class="scores">
      <SoFar {...props} />
      <InPeriod {...props} />
      {props.scored && <LongRun {...props} />}
    </div>
  );
}

function SoFar({ history, optimum, names, costParts, visible, onVisible }: ScoreTableProps) {
  const texts = useTexts();
  const { totals } = history;
  const empty = history.frames.length === 0;
  return (
    <div class="card table so-far">
      <table>
        <caption>
          {texts.watch.soFar}
          {optimum !== null && <span>{texts.watch.optimum(money(optimum))}</span>}
        </caption>
        <thead>
          <tr>
            <th scope="col">{texts.common.policy}</th>
            <th scope="col">{texts.common.costPerPeriod}</th>
            {names.length > 1 && (
              <th scope="col" title={texts.watch.versus(names[0])}>
                {texts.watch.difference}
              </th>
            )}
            {costParts.map((part) => (
              <th scope="col" class="part" key={part}>
                {costPart(texts, part)}
              </th>
            ))}
            <th scope="col" class="total">
              {texts.common.totalCost}
            </th>
            <th scope="col">{texts.common.fillRate}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(names).map(({ name, k }) => (
            <tr key={k} data-policy={name}>
              <th scope="row">
                <label class="row-name">
                  <input
                    type="checkbox"
                    aria-label={texts.watch.showPolicy(name)}
                    checked={visible[k]}
                    onChange={(event) => onVisible(k, event.currentTarget.checked)}
                  />
                  <Swatch k={k} />
                  <span>{name}</span>
                </label>
              </th>
              <td data-measure="costPerPeriod">{empty ? '–' : money(totals[k].costPerPeriod)}</td>
              {names.length > 1 && <td>{empty || k === 0 ? '–' : difference(totals[k].costPerPeriod, totals[0].costPerPeriod)}</td>}
              {costParts.map((part, p) => (
                <td class="part" key={part} data-measure={part}>
                  {empty ? '–' : money(totals[k].costs[p])}
                </td>
              ))}
              <td class="total" data-measure="totalCost">
                {empty ? '–' : money(totals[k].totalCost)}
              </td>
              <td data-measure="fillRate">{percent(empty ? null : totals[k].fillRate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LongRun({ names, scores, items }: ScoreTableProps) {
  const texts = useTexts();
  const note = ({ lanes, periods }: ScoresMessage) =>
    items > 0 ? texts.watch.longRunItems(items, lanes / items, periods) : texts.watch.longRunNote(lanes, periods);
  return (
    <div class="card table long-run" aria-busy={scores === null}>
      <table>
        <caption>
          {texts.watch.longRun}
          <span class={scores === null ? 'waiting' : undefined}>{scores === null ? texts.watch.longRunWaiting : note(scores)}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{texts.common.policy}</th>
            <th scope="col" title={texts.watch.interval}>
              {texts.common.costPerPeriod}
            </th>
            <th scope="col">{texts.common.fillRate}</th>
            <th scope="col">{texts.common.gap}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(names).map(({ name, k }) => {
            const result = scores?.results[k];
            return (
              <tr key={k} data-policy={name}>
                <th scope="row">
                  <PolicyName k={k} name={name} />
                </th>
                <td data-measure="costPerPeriod">{result ? withInterval(fineMoney, result.costPerPeriod, result.ci95) : '–'}</td>
                <td data-measure="fillRate">{percent(result?.fillRate ?? null)}</td>
                <td data-measure="gap">
                  {result?.gapPercent == null ? '–' : withInterval(finePercent, result.gapPercent, result.gapCi95)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
