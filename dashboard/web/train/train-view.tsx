import type { HelloMessage, TrainingMessage } from '../../protocol.ts';
import { useConnected } from '../parts/connected.ts';
import { money, units } from '../parts/format.ts';
import { useAddress } from '../parts/route.ts';
import { useStore } from '../parts/store.ts';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';
import { CurvePlot } from './curve-plot.tsx';
import { MeasurePlots } from './measure-plots.tsx';
import { RunPicker } from './run-picker.tsx';
import type { Trainer } from './trainer.ts';

/** Training: started here or elsewhere, followed as it goes. */
export function TrainView({ trainer, hello }: { readonly trainer: Trainer; readonly hello: HelloMessage }) {
  const texts = useTexts();
  const names = useNames();
  const state = useStore(trainer);
  const { training, waiting } = state;
  useAddress(() => trainer.show());
  return (
    <main class="with-setup" id="content">
      <RunPicker trainer={trainer} hello={hello} state={state} />
      <div class="stage" aria-busy={waiting}>
        {training === null && waiting && (
          <p class="card empty waiting">{state.followed === null ? texts.train.states.starting : texts.train.loading}</p>
        )}
        {training === null && !waiting && (
          <p class="card empty">{hello.runs.length === 0 && hello.agents.length > 0 ? texts.train.none : texts.train.choose}</p>
        )}
        {training !== null && (
          <>
            <h2 class="heading">
              <strong>{hello.runs.find(({ run }) => run === training.run)?.title ?? training.agent.toUpperCase()}</strong>
              <span class="scenario">
                {names.scenario(
                  hello.scenarios.find(({ id }) => id === training.scenario) ?? { id: training.scenario, title: training.scenario },
                )}
              </span>
            </h2>
            <Progress training={training} trainer={trainer} />
            <div class="plots">
              <CurvePlot training={training} version={state.revision} policies={hello.policies} />
              <MeasurePlots training={training} version={state.revision} />
            </div>
          </>
        )}
      </div>
    </main>
  );
}

/** How far it has come, how fast it goes, how long it takes; and the buttons. */
function Progress({ training, trainer }: { readonly training: TrainingMessage; readonly trainer: Trainer }) {
  const texts = useTexts();
  const { state, run, steps, plannedSteps, stepsPerSecond, secondsLeft, message, curve } = training;
  const connected = useConnected();
  const latest = curve.at(-1);
  return (
    <section class="card training" aria-label={texts.train.states[state]}>
      <div class="facts-row">
        <p class="state" data-state={state} role="status">
          {texts.train.states[state]}
        </p>
        <Figure name={texts.train.steps} value={texts.train.stepsOf(units(steps), units(plannedSteps))} />
        <Figure name={texts.train.rate} value={stepsPerSecond === null ? null : units(Math.round(stepsPerSecond))} />
        <Figure
          name={texts.train.left}
          value={secondsLeft === null ? null : texts.train.duration(Math.floor(secondsLeft / 60), Math.round(secondsLeft % 60))}
        />
        <Figure name={texts.train.latest} value={latest === undefined ? null : money(latest.costPerPeriod)} />
        {run !== null && (state === 'training' || state === 'starting') && (
          <button type="button" disabled={!connected} onClick={() => trainer.train({ type: 'train', action: 'stop', run })}>
            {texts.train.stop}
          </button>
        )}
        {run !== null && (state === 'stopped' || state === 'away' || state === 'failed') && (
          <button type="button" class="main" disabled={!connected} onClick={() => trainer.train({ type: 'train', action: 'resume', run })}>
            {texts.train.resume}
          </button>
        )}
      </div>
      <progress max={Math.max(1, plannedSteps)} value={steps} aria-label={texts.train.stepsOf(units(steps), units(plannedSteps))} />
      {message !== null && <p class="failure">{message}</p>}
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string | null }) {
  return (
    <dl>
      <dt>{name}</dt>
      <dd>{value ?? '–'}</dd>
    </dl>
  );
}
