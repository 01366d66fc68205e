import { useEffect, useRef, useState } from 'preact/hooks';
import { type HelloMessage, type ItemMessage, LIMITS, type VersusMessage, type WatchMessage } from '../../protocol.ts';
import { money, units, withInterval } from '../parts/format.ts';
import type { Server } from '../parts/server.ts';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';

type Item = VersusMessage['item'];

/** Places of a slider, all as far apart in proportion. */
const NOTCHES = 60;
/** [ms] that a slider stands still before its item is asked about. */
const STILL = 200;

const SLIDERS = [
  { name: 'shortageCost', least: 1, most: LIMITS.shortageCost, usual: 9 },
  { name: 'leadTime', least: 0, most: LIMITS.leadTime, usual: 2 },
  { name: 'mean', least: 0.5, most: LIMITS.mean, usual: 5 },
  { name: 'spread', least: 0.25, most: LIMITS.spread, usual: 1 },
] as const;

type Slider = (typeof SLIDERS)[number];

interface AnyItemProps {
  readonly server: Server;
  readonly hello: HelloMessage;
  readonly watch: WatchMessage;
}

/** Where the network for any item orders: what it would cost for other items, beside the best classic policy tuned for each of them. */
export function AnyItem({ server, hello, watch: { scenario, set } }: AnyItemProps) {
  const texts = useTexts().anyItem;
  const [open, setOpen] = useState(false);
  const [item, setItem] = useState<Item>(() => itemOf(hello, scenario, set));
  const [answer, setAnswer] = useState<VersusMessage | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => server.listen((message) => message.type === 'versus' && setAnswer(message)), [server]);
  // The first time at once; then when the sliders stand still.
  useEffect(() => {
    if (!open) return;
    const ask: ItemMessage = { type: 'item', scenario, set, ...item };
    timer.current = setTimeout(() => server.send(ask), STILL);
    return () => clearTimeout(timer.current);
  }, [server, hello, open, scenario, set, item]);
  const current = answer !== null && SLIDERS.every(({ name }) => answer.item[name] === item[name]);
  return (
    <details class="card any-item" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.title}</summary>
      <p class="note">{texts.note}</p>
      <div class="sliders">
        {SLIDERS.map((slider) => (
          <label key={slider.name}>
            <span>{texts[slider.name]}</span>
            <input
              type="range"
              min={0}
              max={notchesOf(slider)}
              step={1}
              value={notchOf(slider, item[slider.name])}
              aria-valuetext={units(item[slider.name])}
              onInput={({ currentTarget: { value } }) => setItem({ ...item, [slider.name]: valueAt(slider, Number(value)) })}
            />
            <output>{units(item[slider.name])}</output>
          </label>
        ))}
      </div>
      <section aria-label={texts.result} aria-live="polite" aria-busy={!current}>
        {answer === null ? <p class="waiting">{texts.waiting}</p> : <Result answer={answer} current={current} hello={hello} />}
      </section>
    </details>
  );
}

interface ResultProps {
  readonly answer: VersusMessage;
  readonly current: boolean;
  readonly hello: HelloMessage;
}

function Result({ answer, current, hello: { policies } }: ResultProps) {
  const texts = useTexts();
  const names = useNames();
  const { universal, classic, difference, outside, lanes, periods } = answer;
  const parameters = Object.entries(classic.parameters).map(([name, value]) => `${name} ${units(value)}`);
  const title = policies.find(({ spec }) => spec === classic.policy)?.title ?? classic.policy;
  const rows = [
    { name: names.policy('Universal'), key: 'universal', ...universal },
    { name: `${names.policy(title)} (${parameters.join(', ')})`, key: 'classic', ...classic },
  ];
  const percent = (value: number) => `${money(100 * value)}%`;
  return (
    <div class={current ? 'table' : 'table waiting'}>
      <table>
        <caption>
          {texts.anyItem.difference(withInterval(percent, difference.mean, difference.ci95))}
          <span>{current ? texts.watch.longRunNote(lanes, periods) : texts.anyItem.waiting}</span>
        </caption>
        <tbody>
          {rows.map(({ name, key, costPerPeriod, ci95 }) => (
            <tr key={key} data-side={key}>
              <th scope="row">{name}</th>
              <td class="bar">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect
                    x="0"
                    y="0"
                    height="10"
                    width={(100 * costPerPeriod) / Math.max(universal.costPerPeriod, classic.costPerPeriod, 1e-9)}
                  />
                </svg>
              </td>
              <td data-measure="costPerPeriod">{withInterval(money, costPerPeriod, ci95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {outside && <p class="note">{texts.anyItem.outside}</p>}
    </div>
  );
}

/** Where the sliders stand at first: at the scenario's own numbers, where it has knobs of these names. */
function itemOf({ scenarios }: HelloMessage, scenario: string, set: WatchMessage['set']): Item {
  const knobs = scenarios.find(({ id }) => id === scenario)?.knobs ?? [];
  const read = ({ name, usual, least, most }: Slider) => {
    const value = Number(set[name] ?? knobs.find((knob) => knob.name === name)?.value ?? usual);
    return Math.min(most, Math.max(least, Number.isFinite(value) ? value : usual));
  };
  const [shortageCost, leadTime, mean, spread] = SLIDERS.map(read);
  return { shortageCost, leadTime: Math.round(leadTime), mean, spread };
}

function notchesOf({ least, most }: Slider): number {
  return least === 0 ? most : NOTCHES;
}

function notchOf({ least, most }: Slider, value: number): number {
  return least === 0 ? value : Math.round((NOTCHES * Math.log(value / least)) / Math.log(most / least));
}

/** Two digits are enough, and 1 is met exactly. */
function valueAt({ least, most }: Slider, notch: number): number {
  return least === 0 ? notch : Number((least * (most / least) ** (notch / NOTCHES)).toPrecision(2));
}
