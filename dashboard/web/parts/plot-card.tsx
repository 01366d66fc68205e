import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface ValueProps {
  readonly label: string;
  readonly swatch: ComponentChildren;
  readonly value: string | undefined;
}

export function Value({ label, swatch, value }: ValueProps) {
  return (
    <div>
      <dt>
        {swatch}
        <span>{label}</span>
      </dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}

export function Switch({ on, set, label }: { readonly on: boolean; readonly set: (on: boolean) => void; readonly label: string }) {
  return (
    <button type="button" class="chip" aria-pressed={on} onClick={() => set(!on)}>
      {label}
    </button>
  );
}

interface CardProps {
  readonly title: string;
  readonly note: string;
  readonly values: ComponentChildren;
  readonly switches?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A plot with its title, its numbers and its switches. */
export function PlotCard({ title, note, values, switches, children }: CardProps) {
  const id = useId();
  return (
    <section class="card plot-card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p class="note">{note}</p>
        {switches && <div class="switches">{switches}</div>}
        {values}
      </header>
      {children}
    </section>
  );
}
