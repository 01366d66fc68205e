import type { ComponentChildren } from 'preact';
import { useNames } from '../texts/names.ts';
import { nameOf } from './item-picker.tsx';
import type { SessionState } from './session-state.ts';

interface EpisodeTitleProps {
  readonly shown: NonNullable<SessionState['shown']>;
  readonly children?: ComponentChildren;
}

/** The scenario, or the item of a catalogue and its scenario, in large letters: texts from data stay texts. */
export function EpisodeTitle({ shown, children }: EpisodeTitleProps) {
  const names = useNames();
  const { watch, items } = shown;
  const title = names.scenario({ id: watch.scenario, title: shown.title });
  const item = items.length > 0 ? items[watch.lane % items.length] : null;
  return (
    <h2 class="heading">
      <strong>{item ? nameOf(item) : title}</strong>
      {item && <span class="scenario">{title}</span>}
      {children}
    </h2>
  );
}
