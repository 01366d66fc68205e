/** Colours that people who see few colours tell apart (after Okabe and Ito 2008), for light and for dark paper. */
const SERIES = [
  ['#0072b2', '#56a8e8'],
  ['#d55e00', '#ff8c42'],
  ['#009e73', '#2fc79a'],
  ['#b0578d', '#e39ac6'],
  ['#c98a00', '#f0b73a'],
  ['#3f8fb5', '#8fd0f0'],
  ['#6b5fb0', '#a99cf0'],
  ['#7a6a4f', '#c4b08c'],
] as const;

const ROLES = {
  paper: ['#ffffff', '#15181d'],
  ink: ['#1c2430', '#e6e9ee'],
  quiet: ['#5b6675', '#a2acba'],
  rule: ['#d8dde4', '#343b46'],
  panel: ['#f5f7f9', '#1d222a'],
  optimum: ['#1c2430', '#e6e9ee'],
  better: ['#1b7f4b', '#5fd39a'],
  worse: ['#b3261e', '#ff8a80'],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>;

/** The colour of the n-th series; after the last one they begin again. */
export function seriesColour(n: number): string {
  const at = n % SERIES.length;
  return `var(--series-${at + 1}, ${SERIES[at][0]})`;
}

/** A colour by what it is for, as CSS reads it. */
export function roleColour(role: keyof typeof ROLES): string {
  return `var(--${role}, ${ROLES[role][0]})`;
}

/** Declarations of all colours. */
export function colourVariables(paper: 'light' | 'dark'): string {
  const which = paper === 'light' ? 0 : 1;
  const roles = Object.entries(ROLES).map(([name, pair]) => `--${name}: ${pair[which]};`);
  return [...roles, ...SERIES.map((pair, n) => `--series-${n + 1}: ${pair[which]};`)].join(' ');
}
