import { useEffect, useState } from 'preact/hooks';

/** Colours as the style sheet has them now: a canvas needs them spelt out. */
export interface Palette {
  /** Tells one palette from another. */
  readonly id: string;
  readonly series: readonly string[];
  readonly text: string;
  readonly grid: string;
  readonly demand: string;
  readonly forecast: string;
  readonly band: string;
  readonly event: string;
}

/** Dashes of the four policies [pixels]: who sees no colour tells them apart by these. */
export const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [10, 3, 2, 3]];

/** Colours follow the system's light and dark. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const read = () => setPalette(readPalette());
    dark.addEventListener('change', read);
    return () => dark.removeEventListener('change', read);
  }, []);
  return palette;
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    id: colour('series-0'),
    series: [0, 1, 2, 3].map((k) => colour(`series-${k}`)),
    text: colour('muted'),
    grid: colour('grid'),
    demand: colour('demand'),
    forecast: colour('forecast'),
    band: colour('band'),
    event: colour('event'),
  };
}

/** The same colour, mostly transparent. */
export function faint(colour: string, strength: string): string {
  return `color-mix(in srgb, ${colour} ${strength}, transparent)`;
}
