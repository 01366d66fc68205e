import type { ScenarioChoice } from '../../protocol.ts';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';
import { Field } from './fields.tsx';

interface ScenarioFieldProps {
  readonly id: string;
  readonly scenarios: readonly ScenarioChoice[];
  readonly value: string;
  readonly onChoose: (scenario: string) => void;
}

/** Chooses a scenario by its title. */
export function ScenarioField({ id, scenarios, value, onChoose }: ScenarioFieldProps) {
  const texts = useTexts();
  const names = useNames();
  return (
    <Field id={id} label={texts.common.scenario}>
      <select id={id} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {scenarios.map((scenario) => (
          <option key={scenario.id} value={scenario.id}>
            {names.scenario(scenario)}
          </option>
        ))}
      </select>
    </Field>
  );
}
