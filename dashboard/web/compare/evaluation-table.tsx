import { fineMoney, percent, units, withInterval } from '../parts/format.ts';
import { useTexts } from '../texts/index.tsx';
import type { Column, Order, Row } from './rows.ts';

interface EvaluationTableProps {
  readonly rows: readonly Row[];
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}

/** Every row; a click on a column's name sorts by it, a second one the other way round. */
export function EvaluationTable({ rows, order, onOrder }: EvaluationTableProps) {
  const texts = useTexts();
  const columns: readonly (readonly [Column, string])[] = [
    ['policy', texts.common.policy],
    ['scenario', texts.common.scenario],
    ['settings', texts.compare.settings],
    ['costPerPeriod', texts.common.costPerPeriod],
    ['gapPercent', texts.common.gap],
    ['fillRate', texts.common.fillRate],
    ['cycleServiceLevel', texts.compare.service],
    ['lanes', texts.compare.lanes],
    ['at', texts.compare.when],
  ];
  return (
    // A region that scrolls has to be reached by the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="card table evaluations" tabIndex={0} aria-label={texts.compare.evaluation}>
      <table>
        <thead>
          <tr>
            {columns.map(([column, name]) => (
              <th
                key={column}
                scope="col"
                aria-sort={order.column === column ? (order.descending ? 'descending' : 'ascending') : undefined}
              >
                <button
                  type="button"
                  class="bare"
                  title={texts.compare.sortBy(name)}
                  onClick={() => onOrder({ column, descending: order.column === column && !order.descending })}
                >
                  {name}
                  {order.column === column ? (order.descending ? ' ↓' : ' ↑') : ''}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, evaluation, ...row }) => (
            <tr key={key} data-policy={row.policy}>
              <th scope="row" title={[row.policy, row.parameters].join(' ')}>
                {row.name}
                <small>{[evaluation.scenario, ...evaluation.settings].join(' ')}</small>
              </th>
              <td>{evaluation.scenario}</td>
              <td>{evaluation.settings.join(' ') || '–'}</td>
              <td data-measure="costPerPeriod">{withInterval(fineMoney, row.costPerPeriod, row.ci95)}</td>
              <td>{row.gapPercent === null ? '–' : percent(row.gapPercent / 100)}</td>
              <td>{percent(row.fillRate)}</td>
              <td>{percent(row.cycleServiceLevel)}</td>
              <td>{units(evaluation.lanes)}</td>
              <td>{evaluation.at.slice(0, 16).replace('T', ' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
