import type { KnobChoice, WatchMessage } from '../../protocol.ts';
import { Field, TypedField } from './fields.tsx';
import { knobFrom } from './knob-value.ts';

interface KnobFieldsProps {
  /** Of the form that they are in: ids begin with it. */
  readonly form: string;
  readonly title: string;
  readonly knobs: readonly KnobChoice[];
  /** Those that differ from what they are by themselves. */
  readonly set: WatchMessage['set'];
  readonly onSet: (set: WatchMessage['set']) => void;
}

/** Knobs with what they do, folded away. One that is emptied is as it is by itself again. */
export function KnobFields({ form, title, knobs, set, onSet }: KnobFieldsProps) {
  if (knobs.length === 0) return null;
  const change = (name: string, typed: string) => {
    const { [name]: _before, ...others } = set;
    onSet(typed.trim() === '' ? others : { ...others, [name]: knobFrom(typed) });
  };
  return (
    <details>
      <summary class="knobs-title">{title}</summary>
      {knobs.map(({ name, help, value }) => (
        <Field key={name} id={`${form}-${name}`} label={name} help={help}>
          <TypedField
            id={`${form}-${name}`}
            placeholder={String(value)}
            value={String(set[name] ?? value)}
            set={(typed) => change(name, typed)}
          />
        </Field>
      ))}
    </details>
  );
}
