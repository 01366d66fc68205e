import { useEffect, useRef } from 'preact/hooks';
import type { ExplanationMessage, WatchedNetwork } from '../../protocol.ts';
import { units } from '../parts/format.ts';
import { Scroll } from '../parts/scroll.tsx';
import type { Why } from '../parts/session-state.ts';
import { Swatch } from '../parts/swatch.tsx';
import { useTexts } from '../texts/index.tsx';
import { ChoiceBars } from './choice-bars.tsx';

interface WhyCardProps {
  readonly why: Why;
  readonly names: readonly string[];
  readonly network: WatchedNetwork;
  readonly onClose: () => void;
}

/** Why each policy ordered what it ordered in a period. */
export function WhyCard({ why, names, network, onClose }: WhyCardProps) {
  const texts = useTexts();
  const card = useRef<HTMLElement>(null);
  // What was asked at a plot far below is answered up here.
  useEffect(() => card.current?.scrollIntoView({ block: 'nearest' }), [why.period]);
  return (
    <section class="card why" ref={card} aria-label={texts.why.title(why.period)}>
      <header>
        <h2>{texts.why.title(why.period)}</h2>
        <button type="button" class="bare" aria-label={texts.why.close} onClick={onClose}>
          ×
        </button>
      </header>
      <div class={network.links.length > 1 ? 'reasons wide' : 'reasons'}>
        {why.answers.map((answer, k) => (
          <article key={k}>
            <h3>
              <Swatch k={k} />
              {names[k]}
            </h3>
            {answer === null ? <p class="waiting">{texts.why.waiting}</p> : <Reasons answer={answer} name={names[k]} network={network} />}
          </article>
        ))}
      </div>
    </section>
  );
}

interface ReasonsProps {
  readonly answer: ExplanationMessage;
  /** Of the policy. */
  readonly name: string;
  readonly network: WatchedNetwork;
}

function Reasons({ answer, name, network }: ReasonsProps) {
  const texts = useTexts();
  const { saw, rules, choices, nearby, planned } = answer;
  const parameters = Object.entries(answer.parameters);
  return (
    <>
      {network.links.length > 1 ? <ByLink answer={answer} name={name} network={network} /> : <OneLink answer={answer} />}
      {choices.map((choice) => (
        <ChoiceBars key={choice.link ?? ''} choices={choice} named={network.links.length > 1} />
      ))}
      {nearby.length > 1 && <Nearby nearby={nearby} name={name} />}
      {planned.map(({ link, orders }) => (
        <dl class="facts" key={link}>
          <Fact name={texts.why.planned} value={orders.map(units).join(' · ')} />
        </dl>
      ))}
      {rules.length + choices.length + nearby.length + planned.length === 0 && <p class="note">{texts.why.none}</p>}
      <details open={saw.length === 1}>
        <summary>{texts.why.saw}</summary>
        {saw.map((seen) => (
          <dl class="facts" key={seen.location}>
            {saw.length > 1 && <Fact name={texts.why.location} value={seen.location} />}
            <Fact name={texts.common.onHand} value={units(seen.onHand)} />
            {seen.backlog > 0 && <Fact name={texts.common.backlog} value={units(seen.backlog)} />}
            <Fact name={texts.common.onOrder} value={units(seen.onOrder)} />
            {seen.awaited > 0 && <Fact name={texts.why.awaited} value={units(seen.awaited)} />}
            <Fact name={texts.why.position} value={units(seen.position)} />
            <Fact name={texts.why.lastDemand} value={units(seen.lastDemand)} />
            {seen.forecast.length > 0 && (
              <Fact name={texts.why.aheadForecast} value={seen.forecast.map(({ mean }) => units(mean)).join(' · ')} />
            )}
          </dl>
        ))}
      </details>
      {parameters.length > 0 && (
        <details>
          <summary>{texts.why.parameters}</summary>
          <dl class="facts">
            {parameters.map(([name, value]) => (
              <Fact key={name} name={name} value={typeof value === 'number' ? units(value) : String(value)} />
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

/** What a table of states would order with more or less stock. */
function Nearby({ nearby, name }: Pick<ExplanationMessage, 'nearby'> & Pick<ReasonsProps, 'name'>) {
  const texts = useTexts();
  return (
    <Scroll label={`${texts.why.nearby}: ${name}`}>
      <table class="nearby">
        <caption>{texts.why.nearby}</caption>
        <tbody>
          <tr>
            <th scope="row">{texts.why.withStock}</th>
            {nearby.map(({ stock, here }) => (
              <td key={stock} class={here ? 'taken' : undefined}>
                {units(stock)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{texts.why.itWouldOrder}</th>
            {nearby.map(({ stock, orders, here }) => (
              <td key={stock} class={here ? 'taken' : undefined} aria-current={here || undefined}>
                {orders.map(units).join(' + ')}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Scroll>
  );
}

/** The order on the only link there is, and the rules behind it. */
function OneLink({ answer: { orders, optimum, rules } }: { readonly answer: ExplanationMessage }) {
  const texts = useTexts();
  return (
    <>
      <dl class="decision">
        <div>
          <dt>{texts.why.ordered}</dt>
          <dd data-reason="ordered">{units(orders[0])}</dd>
        </div>
        {optimum !== null && (
          <div>
            <dt>{texts.why.optimum}</dt>
            <dd data-reason="optimum">{units(optimum[0])}</dd>
          </div>
        )}
      </dl>
      {rules.map((rule) => (
        <dl class="facts" key={rule.link} aria-label={texts.why.rule}>
          <Fact name={texts.why.position} value={units(rule.position)} />
          {LEVELS.map((level) => rule[level] !== null && <Fact key={level} name={texts.why[level]} value={units(rule[level])} />)}
        </dl>
      ))}
    </>
  );
}

const LEVELS = ['reorderPoint', 'orderUpTo', 'quantity'] as const;

/** A row per link: its order, and the rule behind it. */
function ByLink({ answer: { orders, optimum, rules }, name, network }: ReasonsProps) {
  const texts = useTexts();
  const levels = LEVELS.filter((level) => rules.some((rule) => rule[level] !== null));
  // Where items are summed, their rules follow their link.
  const rows = network.links.flatMap(({ id }, k) => [
    { id, k, rule: rules.find(({ link }) => link === id) },
    ...rules.filter(({ link }) => link.startsWith(`${id}:`)).map((rule) => ({ id: rule.link, k: -1, rule })),
  ]);
  const number = (value: number | null | undefined) => (value == null ? '–' : units(value));
  return (
    <Scroll label={`${texts.why.ordered}: ${name}`}>
      <table class="by-link">
        <thead>
          <tr>
            <th scope="col">{texts.why.link}</th>
            <th scope="col">{texts.why.ordered}</th>
            {optimum !== null && <th scope="col">{texts.why.optimum}</th>}
            {rules.length > 0 && <th scope="col">{texts.why.position}</th>}
            {levels.map((level) => (
              <th scope="col" key={level}>
                {texts.why[level]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, k, rule }) => (
            <tr key={id}>
              <th scope="row">{id.replace('>', ' → ')}</th>
              <td data-reason="ordered">
                <b>{number(orders[k])}</b>
              </td>
              {optimum !== null && <td data-reason="optimum">{number(optimum[k])}</td>}
              {rules.length > 0 && <td>{number(rule?.position)}</td>}
              {levels.map((level) => (
                <td key={level}>{number(rule?.[level])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
