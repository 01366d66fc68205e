import { fineMoney, withInterval } from '../parts/format.ts';
import { useTexts } from '../texts/index.tsx';
import { GroupTitle } from './group-title.tsx';
import { type Group, groupsOf, type Row } from './rows.ts';

/** A dot with its interval per row, one scale for all rows of a scenario with the same settings; the optimum as a dotted line. */
export function DotPlot({ rows }: { readonly rows: readonly Row[] }) {
  const texts = useTexts();
  return (
    <section class="card plot-card dots-card" aria-label={texts.compare.dots}>
      <header>
        <h2>{texts.compare.dots}</h2>
        <p class="note">{texts.compare.dotsNote}</p>
      </header>
      {groupsOf(rows).map((group) => (
        <Dots key={group.key} group={group} />
      ))}
    </section>
  );
}

function Dots({ group }: { readonly group: Group }) {
  const { rows } = group;
  const optima = rows.flatMap(({ evaluation }) => (evaluation.optimum === null ? [] : [evaluation.optimum.costPerPeriod]));
  const all = [...rows.flatMap(({ costPerPeriod, ci95 }) => [costPerPeriod, ...(ci95 ?? [])]), ...optima];
  const least = Math.min(...all);
  const span = Math.max(Math.max(...all) - least, 1e-9);
  const place = (value: number) => 4 + (92 * (value - least)) / span;
  return (
    <div class="dot-group">
      <GroupTitle group={group} />
      <ul>
        {rows.map(({ key, name, policy, parameters, costPerPeriod, ci95, evaluation }) => (
          <li key={key}>
            <span class="dot-name" title={[policy, parameters].join(' ')}>
              {name}
            </span>
            <svg class="dot-row" aria-hidden="true" height="20" width="100%">
              {evaluation.optimum !== null && <Line at={place(evaluation.optimum.costPerPeriod)} />}
              {ci95 !== null && <line class="interval" x1={`${place(ci95[0])}%`} x2={`${place(ci95[1])}%`} y1="10" y2="10" />}
              <circle cx={`${place(costPerPeriod)}%`} cy="10" r="4.5" />
            </svg>
            <span class="dot-value">{withInterval(fineMoney, costPerPeriod, ci95)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ at }: { readonly at: number }) {
  return <line class="best" x1={`${at}%`} x2={`${at}%`} y1="0" y2="20" stroke-dasharray="2 3" />;
}
