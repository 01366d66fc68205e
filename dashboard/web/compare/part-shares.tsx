import { costPart, money } from '../parts/format.ts';
import { type Texts, useTexts } from '../texts/index.tsx';
import { GroupTitle } from './group-title.tsx';
import { groupsOf, type Row } from './rows.ts';

/** A part of the cost, and the colour that it has whatever other parts there are. */
interface Part {
  readonly part: string;
  readonly colour: string;
}

const COLOURS = 7;

/** A bar per row, cut into the parts of its cost. */
export function PartShares({ rows }: { readonly rows: readonly Row[] }) {
  const texts = useTexts();
  const parts = partsOf(rows, texts);
  return (
    <section class="card plot-card" aria-label={texts.compare.parts}>
      <header>
        <h2>{texts.compare.parts}</h2>
        <p class="note">{texts.compare.partsNote}</p>
        <ul class="part-legend">
          {parts.map(({ part, colour }) => (
            <li key={part}>
              <i class={colour} />
              {costPart(texts, part)}
            </li>
          ))}
        </ul>
      </header>
      {groupsOf(rows).map((group) => (
        <div key={group.key} class="dot-group">
          <GroupTitle group={group} />
          <ul class="part-rows">
            {group.rows.map((row) => (
              <Shares key={row.key} row={row} parts={parts} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Those of which some row has something; revenue is no share of a cost. */
function partsOf(rows: readonly Row[], texts: Texts): Part[] {
  const found = new Set(rows.flatMap(({ costs }) => Object.keys(costs).filter((part) => part !== 'revenue' && costs[part] > 0)));
  return [...new Set([...Object.keys(texts.common.parts), ...found])]
    .map((part, k) => ({ part, colour: `part-${k % COLOURS}` }))
    .filter(({ part }) => found.has(part));
}

function Shares({ row: { name, costs }, parts }: { readonly row: Row; readonly parts: readonly Part[] }) {
  const texts = useTexts();
  const total = parts.reduce((sum, { part }) => sum + Math.max(0, costs[part] ?? 0), 0);
  let before = 0;
  const pieces = parts.map(({ part, colour }) => {
    const share = total > 0 ? (100 * Math.max(0, costs[part] ?? 0)) / total : 0;
    const piece = { part, colour, from: before, share };
    before += share;
    return piece;
  });
  const said = parts.map(({ part }) => `${costPart(texts, part)} ${money(costs[part] ?? 0)}`).join(', ');
  return (
    <li>
      <span class="dot-name">{name}</span>
      <svg width="100%" height="14" role="img" aria-label={said}>
        <title>{said}</title>
        {pieces.map(({ part, colour, from, share }) => (
          <rect key={part} class={colour} x={`${from}%`} width={`${share}%`} height="14" />
        ))}
      </svg>
    </li>
  );
}
