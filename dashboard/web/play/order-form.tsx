import { useEffect, useRef, useState } from 'preact/hooks';
import { LIMITS } from '../../protocol.ts';
import { useConnected } from '../parts/connected.ts';
import { money, units, worth } from '../parts/format.ts';
import type { Session } from '../parts/session.ts';
import type { SessionState } from '../parts/session-state.ts';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';

/** Where the player stands, the orders of the period that is due, and hints. */
export function OrderForm({ session, state }: { readonly session: Session; readonly state: SessionState }) {
  const texts = useTexts();
  const names = useNames();
  const { shown, seats, hint, history } = state;
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const first = useRef<HTMLInputElement>(null);
  const period = history.frames.length + 1;
  const own = seats?.seats.find(({ location }) => location === shown?.seat?.location);
  const links = shown?.game?.seats.find(({ location }) => location === own?.location)?.links ?? [];
  const waiting = own?.ordered ?? false;
  const connected = useConnected();
  const off = !connected || waiting || state.opening !== null;
  useEffect(() => {
    if (!waiting) first.current?.focus({ preventScroll: true });
  }, [waiting, period]);
  if (shown === null) return null;
  const quantity = (link: string) => Math.min(LIMITS.order, Math.max(0, Number(typed[link] ?? 0) || 0));
  const order = (event: Event) => {
    event.preventDefault();
    session.order(links.map(quantity));
  };
  const costs = shown.network.locations.find(({ id }) => id === own?.location)?.costs;
  const leadTime = (link: string) => shown.network.links.find(({ id }) => id === link)?.leadTime ?? 0;
  return (
    <section class="card order" data-period={period} aria-label={texts.play.due(period, shown.watch.periods)}>
      <Standing state={state} />
      {costs != null && <p class="note">{texts.play.costs(worth(costs.holding), worth(costs.shortage), costs.backlogged)}</p>}
      <form onSubmit={order}>
        {links.map((link, k) => (
          <label key={link}>
            <span>{texts.play.orderFor(link.replace('>', ' → '), leadTime(link))}</span>
            <input
              ref={k === 0 ? first : undefined}
              type="number"
              inputMode="decimal"
              min={0}
              max={LIMITS.order}
              step="any"
              required
              value={typed[link] ?? '0'}
              onFocus={(event) => event.currentTarget.select()}
              onInput={({ currentTarget: { value } }) => setTyped({ ...typed, [link]: value })}
            />
          </label>
        ))}
        <button type="submit" class="main" disabled={off}>
          {texts.play.orderNow}
        </button>
        <button type="button" disabled={off} onClick={() => session.askHint()}>
          {texts.play.hint}
        </button>
        {waiting && (
          <p class="waiting" role="status">
            {texts.play.waitingOthers}
          </p>
        )}
      </form>
      {hint !== null && (
        <div role="status">
          <ul class="hints">
            {hint.hints.map(({ name, orders }) => (
              <li key={name}>{texts.play.hintLine(names.policy(name), orders.map(units).join(' + '))}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** What can be seen before the order; the cost of the period before. */
function Standing({ state: { seats, shown, history } }: { readonly state: SessionState }) {
  const texts = useTexts();
  const sees = seats?.seats.find(({ location }) => location === shown?.seat?.location)?.sees;
  const last = history.policies[0]?.cost.at(-1);
  if (sees === undefined) return null;
  const next = sees.forecast[0];
  const facts: readonly (readonly [string, string | null])[] = [
    [texts.common.onHand, units(sees.onHand)],
    [texts.common.backlog, sees.backlog > 0 ? units(sees.backlog) : null],
    [texts.common.onOrder, units(sees.onOrder)],
    [texts.why.awaited, sees.awaited > 0 ? units(sees.awaited) : null],
    [texts.why.lastDemand, units(sees.lastDemand)],
    [texts.common.forecast, next === undefined ? null : `${units(next.mean)} (${units(next.p10)}–${units(next.p90)})`],
    [texts.common.cost, last === undefined ? null : money(last)],
    [texts.common.totalCost, last === undefined ? null : money(history.policies[0].totalCost.at(-1) ?? 0)],
  ];
  return (
    <dl class="standing" aria-label={texts.play.state}>
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
