import type { HelloMessage } from '../../protocol.ts';
import { LIMITS, type WatchMessage } from '../../protocol.ts';
import { Field, NumberField } from '../parts/fields.tsx';
import { ItemPicker, nameOf } from '../parts/item-picker.tsx';
import { KnobFields } from '../parts/knob-fields.tsx';
import type { Session, SessionState } from '../parts/session.ts';
import { Swatch } from '../parts/swatch.tsx';
import { useTexts } from '../texts/index.tsx';

interface SetupProps {
  readonly session: Session;
  readonly state: SessionState;
  readonly hello: HelloMessage;
}

/** On a narrow page the choices are folded away above what is watched. */
const wide = matchMedia('(min-width: 1000px)').matches;

/** What is watched: scenario, item, policies, seed, periods. Each change takes effect at once. */
export function Setup({ session, state, hello }: SetupProps) {
  const texts = useTexts();
  const { watch, shown } = state;
  const { scenarios } = hello;
  if (watch === null) return null;
  const knobs = scenarios.find(({ id }) => id === watch.scenario)?.knobs ?? [];
  const items = shown?.items ?? [];
  return (
    <details class="card setup" open={wide}>
      <summary>{texts.watch.setup}</summary>
      <form aria-label={texts.watch.setup} onSubmit={(event) => event.preventDefault()}>
        <Field id="scenario" label={texts.common.scenario}>
          <select id="scenario" value={watch.scenario} onChange={(event) => chooseScenario(session, hello, event.currentTarget.value)}>
            {scenarios.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </Field>
        {(shown?.network.items.length ?? 0) > 1 && (
          <Field id="moving" label={texts.common.item}>
            <select
              id="moving"
              value={watch.item ?? 'all'}
              onChange={({ currentTarget: { value } }) => session.choose(() => ({ item: value === 'all' ? null : Number(value) }))}
            >
              <option value="all">{texts.watch.allItems}</option>
              {shown?.network.items.map((item, k) => (
                <option key={item.id} value={k}>
                  {nameOf(item)}
                </option>
              ))}
            </select>
          </Field>
        )}
        {items.length > 0 && (
          <Field id="item" label={texts.common.item}>
            <ItemPicker items={items} lane={watch.lane} onPick={(lane) => session.choose(() => ({ lane }))} />
          </Field>
        )}
        <Policies session={session} hello={hello} watch={watch} />
        <div class="pair">
          <NumberField
            id="seed"
            label={texts.common.seed}
            value={watch.seed}
            least={0}
            most={LIMITS.seed}
            set={(seed) => session.choose(() => ({ seed }))}
          />
          <NumberField
            id="periods"
            label={texts.common.periods}
            value={watch.periods}
            least={1}
            most={LIMITS.periods}
            set={(periods) => session.choose(() => ({ periods }))}
          />
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

function Policies({ session, hello, watch }: Omit<SetupProps, 'state'> & { readonly watch: WatchMessage }) {
  const texts = useTexts();
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
            {!offered.some(({ spec }) => spec === chosen) && <option value={chosen}>{chosen}</option>}
            {others.map(({ spec, title }) => (
              <option key={spec} value={spec}>
                {title}
              </option>
            ))}
          </select>
          {watch.policies.length > 1 && (
            <button type="button" class="bare" aria-label={texts.common.removePolicy(chosen)} onClick={() => replacePolicy(session, k, [])}>
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

/** Puts nothing, or another policy, in one place. */
function replacePolicy(session: Session, place: number, by: readonly string[]): void {
  session.choose(({ policies }) => ({ policies: policies.toSpliced(place, 1, ...by) }));
}
