import type { PolicyChoice, SeatsMessage } from '../../protocol.ts';
import { useConnected } from '../parts/connected.ts';
import type { Session } from '../parts/session.ts';
import type { SessionState } from '../parts/session-state.ts';
import { type Texts, useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';

interface SeatListProps {
  readonly session: Session;
  readonly state: SessionState;
  readonly policies: readonly PolicyChoice[];
}

/** Who sits where, whose orders are waited for, and how others get to the table. */
export function SeatList({ session, state, policies }: SeatListProps) {
  const texts = useTexts();
  const names = useNames();
  const connected = useConnected();
  const { shown, seats } = state;
  if (shown === null || seats === null) return null;
  const people = seats.seats.filter(({ by }) => by === 'human').length;
  if (seats.seats.length === 1) return null;
  return (
    <section class="card seats" aria-label={texts.play.seats}>
      <p>
        <b>{shown.seat === null ? texts.play.watchOnly : texts.play.yourSeat(shown.seat.location)}</b>
      </p>
      <ul>
        {seats.seats.map((seat) => (
          <li key={seat.location} class={seat.location === shown.seat?.location ? 'own' : undefined} data-seat={seat.location}>
            <b>{seat.location}</b>
            <span>
              {seat.by === 'human'
                ? stateOf(seat, texts)
                : texts.play.policySeat(names.policy(policies.find(({ spec }) => spec === seat.by)?.title ?? seat.by))}
            </span>
            {shown.seat === null && seat.by === 'human' && !seat.here && (
              <button type="button" class="chip" disabled={!connected} onClick={() => session.join(shown.session, seat.location)}>
                {texts.play.sitHere(seat.location)}
              </button>
            )}
          </li>
        ))}
      </ul>
      {people > 1 && (
        <label class="invite">
          <span>{texts.play.invite}</span>
          <input type="text" readOnly value={location.href} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </section>
  );
}

function stateOf({ taken, here, ordered }: SeatsMessage['seats'][number], texts: Texts): string {
  if (!taken) return texts.play.free;
  if (!here) return texts.play.away;
  return ordered ? texts.play.done : texts.play.thinking;
}
