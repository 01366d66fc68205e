import { useState } from 'preact/hooks';
import { type HelloMessage, LIMITS, type PolicyChoice, watchMessage } from '../../protocol.ts';
import { useConnected } from '../parts/connected.ts';
import { NumberField } from '../parts/fields.tsx';
import { ScenarioField } from '../parts/scenario-field.tsx';
import type { Session } from '../parts/session.ts';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';

interface GameFormProps {
  readonly session: Session;
  readonly hello: HelloMessage;
  readonly opening: boolean;
  /** Unfolded where it can be folded away. */
  readonly open: boolean;
}

/** Against whom most people want to play first. */
const USUAL = ['base-stock', 's-S', 'optimal'];
/** Of a game in a scenario that goes on for ever, and the most that a game is first proposed to last. */
const PERIODS = { usual: 26, most: 52 } as const;

/** What is to be played: scenario, seats, rivals. */
export function GameForm({ session, hello, opening, open }: GameFormProps) {
  const texts = useTexts();
  const names = useNames();
  const connected = useConnected();
  const off = !connected || opening;
  const playable = hello.scenarios.filter(({ seats = [] }) => seats.length > 0);
  const first = playable.find(({ id }) => id === hello.start.scenario) ?? playable[0];
  const [scenario, setScenario] = useState(first?.id ?? '');
  const [rivals, setRivals] = useState<readonly string[] | null>(null);
  const [seats, setSeats] = useState<Readonly<Record<string, string>>>({});
  const [seed, setSeed] = useState(1);
  /** Null: as long as the scenario lasts. */
  const [given, setPeriods] = useState<number | null>(null);
  const chosen = playable.find(({ id }) => id === scenario);
  if (chosen === undefined) return null;
  const offered = hello.policies.filter(({ scenarios }) => scenarios?.includes(scenario) ?? true);
  const against = (rivals ?? usual(offered)).filter((spec) => offered.some((policy) => policy.spec === spec));
  const periods = given ?? Math.min(chosen.periods ?? PERIODS.usual, PERIODS.most);
  const places = chosen.seats ?? [];
  const sitting = Object.fromEntries(
    places.map((seat, k) => [seat, seats[seat] ?? (k === places.length - 1 ? 'human' : (offered[0]?.spec ?? 'human'))]),
  );
  const choose = (id: string) => {
    setScenario(id);
    setPeriods(null);
  };
  const start = (event: Event) => {
    event.preventDefault();
    session.open(watchMessage.parse({ type: 'watch', scenario, policies: against, seed, periods, game: { seats: sitting } }));
  };
  return (
    <details class="card setup" open={open}>
      <summary>{texts.play.setup}</summary>
      <form class="game-form" aria-label={texts.play.title} onSubmit={start}>
        <ScenarioField id="game-scenario" scenarios={playable} value={scenario} onChoose={choose} />
        {places.length > 1 && (
          <fieldset>
            <legend>{texts.play.seats}</legend>
            {places.map((seat) => (
              <label class="seat-choice" key={seat}>
                <span>{seat}</span>
                <select
                  aria-label={texts.play.seatBy(seat)}
                  value={sitting[seat]}
                  onChange={({ currentTarget: { value } }) => setSeats({ ...seats, [seat]: value })}
                >
                  <option value="human">{texts.play.human}</option>
                  {offered.map(({ spec, title }) => (
                    <option key={spec} value={spec}>
                      {names.policy(title)}
                    </option>
                  ))}
                </select>
              </label>
            ))}
          </fieldset>
        )}
        <fieldset>
          <legend>{texts.play.rivals}</legend>
          {offered.map(({ spec, title }) => (
            <label class="rival" key={spec}>
              <input
                type="checkbox"
                checked={against.includes(spec)}
                disabled={against.includes(spec) ? against.length === 1 : against.length >= LIMITS.rivals}
                onChange={(event) =>
                  setRivals(event.currentTarget.checked ? [...against, spec] : against.filter((other) => other !== spec))
                }
              />
              {names.policy(title)}
            </label>
          ))}
        </fieldset>
        <div class="pair">
          <NumberField id="game-seed" label={texts.common.seed} value={seed} least={0} most={LIMITS.seed} set={setSeed} />
          <NumberField id="game-periods" label={texts.common.periods} value={periods} least={1} most={LIMITS.periods} set={setPeriods} />
        </div>
        <button type="submit" class="main" disabled={off || against.length === 0 || !Object.values(sitting).includes('human')}>
          {texts.play.start}
        </button>
        <p class="note">{texts.play.startsWith}</p>
      </form>
    </details>
  );
}

function usual(offered: readonly PolicyChoice[]): string[] {
  const specs = offered.map(({ spec }) => spec);
  return [...USUAL.filter((spec) => specs.includes(spec)), ...specs.filter((spec) => !USUAL.includes(spec))].slice(0, 2);
}
