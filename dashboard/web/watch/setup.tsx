import { type HelloMessage, LIMITS, type WatchMessage } from '../../protocol.ts';
import { Field, NumberField } from '../parts/fields.tsx';
import { ItemPicker } from '../parts/item-picker.tsx';
import { KnobFields } from '../parts/knob-fields.tsx';
import { ScenarioField } from '../parts/scenario-field.tsx';
import type { Session } from '../parts/session.ts';
import type { SessionState } from '../parts/session-state.ts';
import { Swatch } from '../parts/swatch.tsx';
import { useWide } from '../parts/wide.ts';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';

interface SetupProps {
  readonly session: Session;
  readonly state: SessionState;
  readonly hello: HelloMessage;
}

const NUMBERS = [
  { id: 'seed', least: 0 },
  { id: 'periods', least: 1 },
] as const;

/** What is watched: scenario, item, policies, seed, periods. Each change takes effect at once. */
export function Setup({ session, state, hello }: SetupProps) {
  const texts = useTexts();
  // On a narrow page the choices are folded away above what is watched.
  const wide = useWide();
  const { watch, shown } = state;
  const { scenarios } = hello;
  if (watch === null) return null;
  const knobs = scenarios.find(({ id }) => id === watch.scenario)?.knobs ?? [];
  // A catalogue's items stand by themselves; those of a network move through it together.
  const items = shown?.items ?? [];
  const moving = shown?.network.items ?? [];
  return (
    <details class="card setup" open={wide}>
      <summary>{texts.watch.setup}</summary>
      <form aria-label={texts.watch.setup} onSubmit={(event) => event.preventDefault()}>
        <ScenarioField id="scenario" scenarios={scenarios} value={watch.scenario} onChoose={(id) => chooseScenario(session, hello, id)} />
        {moving.length > 1 && (
          <Field id="item" label={texts.common.item}>
            <ItemPicker
              items={[{ id: '', description: texts.watch.allItems }, ...moving]}
              chosen={watch.item === null ? 0 : watch.item + 1}
              onPick={(place) => session.choose(() => ({ item: place === 0 ? null : place - 1 }))}
            />
          </Field>
        )}
        {items.length > 0 && (
          <Field id="item" label={texts.common.item}>
            <ItemPicker items={items} chosen={watch.lane % items.length} onPick={(lane) => session.choose(() => ({ lane }))} />
          </Field>
        )}
        <Policies session={session} hello={hello} watch={watch} shown={shown} />
        <div class="pair">
          {NUMBERS.map(({ id, least }) => (
            <NumberField
              key={id}
              id={id}
              label={texts.common[id]}
              value={watch[id]}
              least={least}
              most={LIMITS[id]}
              set={(value) => session.choose(() => ({ [id]: value }))}
            />
          ))}
        </div>
        <KnobFields form="knob" title={texts.common.knobs} knobs={knobs} set={watch.set} onSet={(set) => session.choose(() => ({ set }))} />
      </form>
    </details>
  );
}

/** Another scenario keeps the policies that can order in it. */
function chooseScenario(session: Session, { policies }: HelloMessage, scenario: string): void {
  const fits = policies.filter((policy) => policy.scenarios?.includes(scenario) ?? true).map(({ spec }) => spec);
  session.choose((watch) => {
    const kept = watch.policies.filter((spec) => fits.includes(spec));
    return { scenario, set: {}, lane: 0, item: null, policies: kept.length > 0 ? kept : fits.slice(0, 2) };
  });
}

interface PoliciesProps extends Omit<SetupProps, 'state'>, Pick<SessionState, 'shown'> {
  readonly watch: WatchMessage;
}

function Policies({ session, hello, watch, shown }: PoliciesProps) {
  const texts = useTexts();
  const names = useNames();
  const offered = hello.policies.filter(({ scenarios }) => scenarios?.includes(watch.scenario) ?? true);
  const unused = offered.filter(({ spec }) => !watch.policies.includes(spec));
  const rows = watch.policies.map((chosen, k) => ({
    chosen,
    k,
    others: offered.filter(({ spec }) => spec === chosen || unused.some((one) => one.spec === spec)),
  }));
  return (
    <fieldset>
      <legend>{texts.common.policies}</legend>
      {rows.map(({ chosen, k, others }) => (
        <div class="policy" key={k}>
          <Swatch k={k} />
          <select
            aria-label={texts.common.policyAt(k + 1)}
            value={chosen}
            onChange={(event) => replacePolicy(session, k, [event.currentTarget.value])}
          >
            {!offered.some(({ spec }) => spec === chosen) && <option value={chosen}>{names.policy(nameOfGiven(chosen, shown))}</option>}
            {others.map(({ spec, title }) => (
              <option key={spec} value={spec}>
                {names.policy(title)}
              </option>
            ))}
          </select>
          {watch.policies.length > 1 && (
            <button
              type="button"
              class="bare"
              aria-label={texts.common.removePolicy(names.policy(offered.find(({ spec }) => spec === chosen)?.title ?? chosen))}
              onClick={() => replacePolicy(session, k, [])}
            >
              ×
            </button>
          )}
        </div>
      ))}
      {watch.policies.length < LIMITS.policies && unused.length > 0 && (
        <button type="button" class="add" onClick={() => replacePolicy(session, watch.policies.length, [unused[0].spec])}>
          + {texts.common.addPolicy}
        </button>
      )}
    </fieldset>
  );
}

/** What the server calls a policy that was given by its spec. */
function nameOfGiven(spec: string, shown: SessionState['shown']): string {
  return shown?.names[shown.watch.policies.indexOf(spec)] ?? spec;
}

/** Puts nothing, or another policy, in one place. */
function replacePolicy(session: Session, place: number, by: readonly string[]): void {
  session.choose(({ policies }) => ({ policies: policies.toSpliced(place, 1, ...by) }));
}
