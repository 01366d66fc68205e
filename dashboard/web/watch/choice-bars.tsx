import type { ExplanationMessage } from '../../protocol.ts';
import { percent, units, worthInTable } from '../parts/format.ts';
import { useTexts } from '../texts/index.tsx';

type Choices = ExplanationMessage['choices'][number];

/** Options that are drawn at most: the rest hardly count. */
const SHOWN = 10;

interface ChoiceBarsProps {
  readonly choices: Choices;
  /** Is the link to be named? */
  readonly named: boolean;
}

/** What a learned agent held of each order: a bar per option, the one it took marked. */
export function ChoiceBars({ choices: { of, link, options }, named }: ChoiceBarsProps) {
  const texts = useTexts();
  const shown = options.slice(0, SHOWN).sort((a, b) => total(a.orders) - total(b.orders));
  const values = shown.map(({ value }) => value);
  const most = Math.max(...values);
  const least = of === 'probability' ? 0 : Math.min(...values) - (most - Math.min(...values)) * 0.15;
  const write = (value: number) => (of === 'probability' ? percent(value) : worthInTable(value));
  return (
    <table class="choices">
      <caption>
        {of === 'probability' ? texts.why.probability : texts.why.value} {named && link !== null && <span>{link.replace('>', ' → ')}</span>}
      </caption>
      <tbody>
        {shown.map(({ orders, value, taken }) => (
          <tr key={orders.join(' ')} class={taken ? 'taken' : undefined} aria-current={taken || undefined}>
            <th scope="row">{orders.map(units).join(' + ')}</th>
            <td class="bar">
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect x="0" y="0" height="10" width={most > least ? (100 * (value - least)) / (most - least) : 100} />
              </svg>
            </td>
            <td>{write(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function total(orders: readonly number[]): number {
  return orders.reduce((sum, quantity) => sum + quantity, 0);
}
