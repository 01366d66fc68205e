import { totalsOf } from '../protocol.ts';
import { difference, money, percent, units } from './format.ts';
import { type History, shortOf } from './history.ts';
import { Swatch } from './swatch.tsx';
import { texts } from './texts.ts';

interface ScoreTableProps {
  readonly history: History;
  readonly names: readonly string[];
  /** [money/period] */
  readonly optimum: number | null;
  readonly visible: readonly boolean[];
  readonly onVisible: (policy: number, shown: boolean) => void;
  /** Index of the period whose numbers are written out, or null: the last. */
  readonly inspected: number | null;
}

/** What each policy has come to, and its numbers in one period. */
export function ScoreTable(props: ScoreTableProps) {
  return (
    <div class="scores">
      <SoFar {...props} />
      <InPeriod {...props} />
    </div>
  );
}

function SoFar({ history, optimum, names, visible, onVisible }: ScoreTableProps) {
  const totals = totalsOf(history.frames, names.length);
  const empty = history.frames.length === 0;
  return (
    <div class="card table so-far">
      <table>
        <caption>
          {texts.soFar}
          {optimum !== null && <span>{texts.optimum(money(optimum))}</span>}
        </caption>
        <thead>
          <tr>
            <th scope="col">{texts.policyName}</th>
            <th scope="col">{texts.costPerPeriod}</th>
            {names.length > 1 && (
              <th scope="col" title={texts.versus(names[0])}>
                {texts.difference}
              </th>
            )}
            <th scope="col" class="total">
              {texts.totalCost}
            </th>
            <th scope="col">{texts.fillRate}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(names).map(({ name, k }) => (
            <tr key={k} data-policy={name}>
              <th scope="row">
                <label class="row-name">
                  <input
                    type="checkbox"
                    aria-label={texts.showPolicy(name)}
                    checked={visible[k]}
                    onChange={(event) => onVisible(k, event.currentTarget.checked)}
                  />
                  <Swatch k={k} />
                  <span>{name}</span>
                </label>
              </th>
              <td data-measure="costPerPeriod">{empty ? '–' : money(totals[k].costPerPeriod)}</td>
              {names.length > 1 && <td>{empty || k === 0 ? '–' : difference(totals[k].costPerPeriod, totals[0].costPerPeriod)}</td>}
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

function InPeriod({ history, names, inspected }: ScoreTableProps) {
  const frame = history.frames[inspected ?? history.frames.length - 1];
  const backlogs = history.frames.some(({ policies }) => policies.some(({ backlog }) => backlog > 0));
  const { mean, p10, p90 } = frame?.forecast ?? { mean: 0, p10: 0, p90: 0 };
  return (
    <div class="card table in-period">
      <table>
        <caption>
          {frame ? texts.atPeriod(frame.period) : texts.nothingYet}
          {frame && <span>{texts.demandLine(units(frame.demand), units(mean), units(p10), units(p90))}</span>}
        </caption>
        <thead>
          <tr>
            <th scope="col">{texts.policyName}</th>
            <th scope="col">{texts.onHand}</th>
            <th scope="col">{texts.onOrder}</th>
            {backlogs && <th scope="col">{texts.backlog}</th>}
            <th scope="col">{texts.order}</th>
            <th scope="col">{texts.short}</th>
            <th scope="col">{texts.cost}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(names).map(({ name, k }) => {
            const policy = frame?.policies[k];
            return (
              <tr key={k} data-policy={name}>
                <th scope="row">
                  <div class="row-name">
                    <Swatch k={k} />
                    <span>{name}</span>
                  </div>
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

/** Rows by their place: two policies may bear the same name. */
function rowsOf(names: readonly string[]): { name: string; k: number }[] {
  return names.map((name, k) => ({ name, k }));
}
