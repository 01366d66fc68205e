import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly children: ComponentChildren;
}

/** A control with its label and, where there is one, its explanation. */
export function Field({ id, label, help, children }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {help && <small>{help}</small>}
    </div>
  );
}

interface TypedFieldProps extends Omit<JSX.IntrinsicElements['input'], 'value'> {
  readonly value: string;
  readonly set: (typed: string) => void;
}

/** A field that keeps what is being typed, however often the page is drawn meanwhile, until it is left or Enter is pressed. */
export function TypedField({ value, set, ...rest }: TypedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const done = (text: string) => {
    setTyped(null);
    if (text !== value) set(text);
  };
  return (
    <input
      {...rest}
      value={typed ?? value}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={(event) => done(event.currentTarget.value)}
    />
  );
}

interface NumberFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly set: (value: number) => void;
}

/** A whole number; what lies outside its bounds is brought inside, what is no number is forgotten. */
export function NumberField({ id, label, value, least, most, set }: NumberFieldProps) {
  const read = (typed: string) => {
    const number = Math.round(Number(typed));
    const valid = typed.trim() === '' || Number.isNaN(number) ? value : Math.min(most, Math.max(least, number));
    if (valid !== value) set(valid);
  };
  return (
    <Field id={id} label={label}>
      <TypedField id={id} type="number" inputMode="numeric" min={least} max={most} value={String(value)} set={read} />
    </Field>
  );
}
