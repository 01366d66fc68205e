import { LIMITS, type WatchMessage } from '../protocol.ts';
import { knobFrom } from './address.ts';
import { Field, NumberField, TypedField } from './fields.tsx';
import { ItemPicker } from './item-picker.tsx';
import { Swatch } from './swatch.tsx';
import { texts } from './texts.ts';
import type { PageState, Watcher } from './watcher.ts';

interface SetupProps {
  readonly watcher: Watcher;
  readonly state: PageState;
}

/** On a narrow page the choices are folded away above what is watched. */
const wide = matchMedia('(min-width: 1000px)').matches;

/** What is watched: scenario, item, policies, seed, periods. Each change takes effect at once. */
export function Setup({ watcher, state }: SetupProps) {
  const { watch, scenarios, shown } = state;
  if (watch === null) return null;
  const knobs = scenarios.find(({ id }) => id === watch.scenario)?.knobs ?? [];
  const items = shown?.items ?? [];
  return (
    <details class="card setup" open={wide}>
      <summary>{texts.setup}</summary>
      <form aria-label={texts.setup} onSubmit={(event) => event.preventDefault()}>
        <Field id="scenario" label={texts.scenario}>
          <select id="scenario" value={watch.scenario} onChange={(event) => chooseScenario(watcher, state, event.currentTarget.value)}>
            {scenarios.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </Field>
        {items.length > 0 && (
          <Field id="item" label={texts.item}>
            <ItemPicker items={items} lane={watch.lane} onPick={(lane) => watcher.choose(() => ({ lane }))} />
          </Field>
        )}
        <Policies watcher={watcher} state={state} watch={watch} />
        <div class="pair">
          <NumberField
            id="seed"
            label={texts.seed}
            value={watch.seed}
            least={0}
            most={LIMITS.seed}
            set={(seed) => watcher.choose(() => ({ seed }))}
          />
          <NumberField
            id="periods"
            label={texts.periods}
            value={watch.periods}
            least={1}
            most={LIMITS.periods}
            set={(periods) => watcher.choose(() => ({ periods }))}
          />
        </div>
        {knobs.length > 0 && (
          <details>
            <summary class="knobs-title">{texts.knobs}</summary>
            {knobs.map(({ name, help, value }) => (
              <Field key={name} id={`knob-${name}`} label={name} help={help}>
                <TypedField id={`knob-${name}`} value={String(watch.set[name] ?? value)} set={(typed) => setKnob(watcher, name, typed)} />
              </Field>
            ))}
          </details>
        )}
      </form>
    </details>
  );
}

/** Another scenario keeps the policies that can order in it. */
function chooseScenario(watcher: Watcher, { watch, policies }: PageState, scenario: string): void {
  const fits = policies.filter((policy) => policy.scenarios?.includes(scenario) ?? true).map(({ spec }) => spec);
  const kept = watch?.policies.filter((spec) => fits.includes(spec)) ?? [];
  watcher.choose(() => ({ scenario, set: {}, lane: 0, policies: kept.length > 0 ? kept : fits.slice(0, 1) }));
}

function setKnob(watcher: Watcher, name: string, typed: string): void {
  watcher.choose(({ set }) => ({ set: { ...set, [name]: knobFrom(typed) } }));
}

function Policies({ watcher, state, watch }: SetupProps & { readonly watch: WatchMessage }) {
  const offered = state.policies.filter(({ scenarios }) => scenarios?.includes(watch.scenario) ?? true);
  const unused = offered.filter(({ spec }) => !watch.policies.includes(spec));
  const rows = watch.policies.map((chosen, k) => ({
    chosen,
    k,
    others: offered.filter(({ spec }) => spec === chosen || unused.some((one) => one.spec === spec)),
  }));
  return (
    <fieldset>
      <legend>{texts.policies}</legend>
      {rows.map(({ chosen, k, others }) => (
        <div class="policy" key={k}>
          <Swatch k={k} />
          <select
            aria-label={texts.policy(k + 1)}
            value={chosen}
            onChange={(event) => replacePolicy(watcher, k, [event.currentTarget.value])}
          >
            {!offered.some(({ spec }) => spec === chosen) && <option value={chosen}>{chosen}</option>}
            {others.map(({ spec, title }) => (
              <option key={spec} value={spec}>
                {title}
              </option>
            ))}
          </select>
          {watch.policies.length > 1 && (
            <button type="button" class="bare" aria-label={texts.removePolicy(chosen)} onClick={() => replacePolicy(watcher, k, [])}>
              ×
            </button>
          )}
        </div>
      ))}
      {watch.policies.length < LIMITS.policies && unused.length > 0 && (
        <button type="button" class="add" onClick={() => replacePolicy(watcher, watch.policies.length, [unused[0].spec])}>
          + {texts.addPolicy}
        </button>
      )}
    </fieldset>
  );
}

/** Puts nothing, or another policy, in one place. */
function replacePolicy(watcher: Watcher, place: number, by: readonly string[]): void {
  watcher.choose(({ policies }) => ({ policies: policies.toSpliced(place, 1, ...by) }));
}
