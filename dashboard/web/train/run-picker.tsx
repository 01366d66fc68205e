import { useState } from 'preact/hooks';
import { type HelloMessage, LIMITS, type WatchMessage } from '../../protocol.ts';
import { useConnected } from '../parts/connected.ts';
import { Field, NumberField, TypedField } from '../parts/fields.tsx';
import { units } from '../parts/format.ts';
import { KnobFields } from '../parts/knob-fields.tsx';
import { ScenarioField } from '../parts/scenario-field.tsx';
import { useTexts } from '../texts/index.tsx';
import type { Trainer, TrainState } from './trainer.ts';

interface RunPickerProps {
  readonly trainer: Trainer;
  readonly hello: HelloMessage;
  readonly state: TrainState;
}

/** Starts a run, or picks one to follow. */
export function RunPicker({ trainer, hello, state }: RunPickerProps) {
  const texts = useTexts();
  return (
    <div class="card setup runs">
      {hello.agents.length > 0 ? <StartForm trainer={trainer} hello={hello} state={state} /> : <p class="note">{texts.train.noAgents}</p>}
      {hello.runs.length > 0 && <h2>{texts.train.runs}</h2>}
      <ul>
        {hello.runs.map(({ run, scenario, title, steps, finished, startedAt }) => (
          <li key={run}>
            <button type="button" class="run" aria-pressed={run === state.followed} onClick={() => trainer.follow(run)}>
              <b>
                {title} · {scenario}
              </b>
              <span>
                {startedAt.slice(0, 16).replace('T', ' ')} ·{' '}
                {texts.train.stepsMade(units(run === state.training?.run ? state.training.steps : steps))}
                {finished ? '' : ` · ${texts.train.unfinished}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function StartForm({ trainer, hello, state }: RunPickerProps) {
  const texts = useTexts();
  const scenarios = hello.scenarios.filter(({ id }) => !id.endsWith('-held-out'));
  const [scenario, setScenario] = useState(scenarios.find(({ id }) => id === hello.start.scenario)?.id ?? scenarios[0]?.id ?? '');
  const [agent, setAgent] = useState(hello.agents[0]?.name ?? '');
  const [set, setKnobs] = useState<WatchMessage['set']>({});
  const [settings, setSettings] = useState<WatchMessage['set']>({});
  const [seconds, setSeconds] = useState(60);
  const [steps, setSteps] = useState('');
  const [seed, setSeed] = useState(0);
  const connected = useConnected();
  const busy = !connected || (state.waiting && state.followed === null);
  const start = (event: Event) => {
    event.preventDefault();
    const long = steps === '' ? { seconds } : { steps: Number(steps) };
    trainer.train({ type: 'train', action: 'start', scenario, set, agent, settings, ...long, seed });
  };
  const chooseScenario = (id: string) => {
    setScenario(id);
    setKnobs({});
  };
  const chooseAgent = (name: string) => {
    setAgent(name);
    setSettings({});
  };
  return (
    <form aria-label={texts.train.start} onSubmit={start}>
      <ScenarioField id="train-scenario" scenarios={scenarios} value={scenario} onChoose={chooseScenario} />
      <KnobFields
        form="train-knob"
        title={texts.common.knobs}
        knobs={scenarios.find(({ id }) => id === scenario)?.knobs ?? []}
        set={set}
        onSet={setKnobs}
      />
      <Field id="train-agent" label={texts.train.agent}>
        <select id="train-agent" value={agent} onChange={(event) => chooseAgent(event.currentTarget.value)}>
          {hello.agents.map(({ name }) => (
            <option key={name} value={name}>
              {name.toUpperCase()}
            </option>
          ))}
        </select>
      </Field>
      <KnobFields
        form="agent-knob"
        title={texts.train.knobs}
        knobs={hello.agents.find(({ name }) => name === agent)?.knobs ?? []}
        set={settings}
        onSet={setSettings}
      />
      <div class="pair">
        <NumberField id="train-seconds" label={texts.train.seconds} value={seconds} least={1} most={LIMITS.seconds} set={setSeconds} />
        <Field id="train-steps" label={texts.train.stepsInstead}>
          <TypedField
            id="train-steps"
            type="number"
            inputMode="numeric"
            min={1}
            max={LIMITS.steps}
            step={1}
            placeholder="–"
            value={steps}
            set={setSteps}
          />
        </Field>
      </div>
      <NumberField id="train-seed" label={texts.common.seed} value={seed} least={0} most={LIMITS.seed} set={setSeed} />
      <button type="submit" class="main" disabled={busy}>
        {texts.train.start}
      </button>
    </form>
  );
}
