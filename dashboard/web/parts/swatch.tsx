import { DASHES } from './palette.ts';

/** The line that a policy is drawn with. */
export function Swatch({ k }: { readonly k: number }) {
  return (
    <svg class="swatch" viewBox="0 0 26 8" width="26" height="8" aria-hidden="true">
      <line x1="1" y1="4" x2="25" y2="4" class={`series-${k}`} stroke-dasharray={DASHES[k].join(' ') || undefined} />
    </svg>
  );
}

/** A policy at the head of its row. */
export function PolicyName({ k, name }: { readonly k: number; readonly name: string }) {
  return (
    <div class="row-name">
      <Swatch k={k} />
      <span>{name}</span>
    </div>
  );
}
