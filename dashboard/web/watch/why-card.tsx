import type { ExplanationMessage, WatchedNetwork } from '../../protocol.ts';
import { units } from '../parts/format.ts';
import type { Why } from '../parts/session.ts';
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
  return (
    <section class="card why" aria-label={texts.why.title(why.period)}>
      <header>
        <h2>{texts.why.title(why.period)}</h2>
        <button type="button" class="bare" aria-label={texts.why.close} onClick={onClose}>
          ×
        </button>
      </header>
      <div class="reasons">
        {why.answers.map((answer, k) => (
          <article key={k}>
            <h3>
              <Swatch k={k} />
              {names[k]}
            </h3>
            {answer === null ? <p class="waiting">{texts.why.waiting}</p> : <Reasons answer={answer} network={network} />}
          </article>
        ))}
      </div>
    </section>
  );
}

function Reasons({ answer, network }: { readonly answer: ExplanationMessage; readonly network: WatchedNetwork }) {
  const texts = useTexts();
  const { saw, rules, choices, optimum, orders } = answer;
  const parameters = Object.entries(answer.parameters);
  return (
    <>
      <dl class="decision">
        <div>
          <dt>{texts.why.ordered}</dt>
          <dd data-reason="ordered">
            <Orders orders={orders} network={network} />
          </dd>
        </div>
        {optimum !== null && (
          <div>
            <dt>{texts.why.optimum}</dt>
            <dd data-reason="optimum">
              <Orders orders={optimum} network={network} />
            </dd>
          </div>
        )}
      </dl>
      {rules.map((rule) => (
        <dl class="facts" key={rule.link} aria-label={texts.why.rule}>
          {rules.length > 1 && <Fact name={texts.why.rule} value={rule.link} />}
          <Fact name={texts.why.position} value={units(rule.position)} />
          {rule.reorderPoint !== null && <Fact name={texts.why.reorderPoint} value={units(rule.reorderPoint)} />}
          {rule.orderUpTo !== null && <Fact name={texts.why.orderUpTo} value={units(rule.orderUpTo)} />}
          {rule.quantity !== null && <Fact name={texts.why.quantity} value={units(rule.quantity)} />}
        </dl>
      ))}
      {choices.map((choice) => (
        <ChoiceBars key={choice.link ?? ''} choices={choice} />
      ))}
      {rules.length === 0 && choices.length === 0 && <p class="note">{texts.why.none}</p>}
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

function Orders({ orders, network }: { readonly orders: readonly number[]; readonly network: WatchedNetwork }) {
  if (orders.length === 1) return <>{units(orders[0])}</>;
  return (
    <>
      {orders.map((quantity, k) => (
        <span class="by-link" key={network.links[k]?.id ?? k}>
          {network.links[k]?.id} <b>{units(quantity)}</b>
        </span>
      ))}
    </>
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
