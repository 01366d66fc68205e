import type { DebriefMessage } from '../../protocol.ts';
import { useConnected } from '../parts/connected.ts';
import { costPart, difference, money, units } from '../parts/format.ts';
import { Scroll } from '../parts/scroll.tsx';
import type { Session } from '../parts/session.ts';
import type { SessionState } from '../parts/session-state.ts';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';

/** What a game came to, part by part beside the others, and where the money went. */
export function Debrief({ session, state }: { readonly session: Session; readonly state: SessionState }) {
  const texts = useTexts();
  const connected = useConnected();
  const { debrief, shown } = state;
  if (shown === null) return null;
  return (
    <section class="card debrief" aria-label={texts.play.over}>
      <header>
        <h2>{texts.play.over}</h2>
        <button type="button" disabled={!connected} onClick={() => session.control('restart')}>
          {texts.play.again}
        </button>
        <button type="button" disabled={!connected} onClick={() => session.control('seed')}>
          {texts.play.anotherDemand}
        </button>
      </header>
      {debrief !== null && (
        <>
          <Sides debrief={debrief} parts={shown.costParts} />
          <h3>{texts.play.worst}</h3>
          <Worst debrief={debrief} />
        </>
      )}
    </section>
  );
}

function Sides({ debrief: { you, against }, parts }: { readonly debrief: DebriefMessage; readonly parts: readonly string[] }) {
  const texts = useTexts();
  const names = useNames();
  return (
    <Scroll label={texts.play.debrief}>
      <table class="sides">
        <caption>{texts.play.debrief}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.common.policy}</th>
            {parts.map((part) => (
              <th scope="col" key={part}>
                {costPart(texts, part)}
              </th>
            ))}
            <th scope="col">{texts.common.totalCost}</th>
            <th scope="col">{texts.play.yourDifference}</th>
          </tr>
        </thead>
        <tbody>
          {[{ ...you, name: texts.play.you }, ...against].map(({ name, costs, totalCost }, k) => (
            <tr key={`${k} ${name}`} data-policy={name}>
              <th scope="row">{names.policy(name)}</th>
              {costs.map((cost, part) => (
                <td key={parts[part]}>{money(cost)}</td>
              ))}
              <td data-measure="totalCost">{money(totalCost)}</td>
              <td>{k === 0 ? '–' : difference(you.totalCost, totalCost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Worst({ debrief: { worst } }: { readonly debrief: DebriefMessage }) {
  const texts = useTexts();
  const names = useNames();
  if (worst.length === 0) return <p>{texts.play.noWorst}</p>;
  return (
    <ol class="worst">
      {worst.map(({ period, cost, reference, referenceCost, reasons }) => (
        <li key={period}>
          <b>{texts.play.worstLine(period, money(cost), names.policy(reference), money(referenceCost))}</b>
          {reasons.map((reason) => (
            <p key={reason.kind}>
              {texts.play.reasons[reason.kind](reason.location, units(reason.units), money(reason.cost))}
              {/* What an order of this very period cost needs no word about when it was placed. */}
              {reason.orderPeriod !== null &&
                reason.orderPeriod !== period &&
                `; ${texts.play.orderedThen(reason.orderPeriod, units(reason.ordered ?? 0))}`}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
