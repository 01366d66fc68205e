import { colourVariables } from './charts/palette.ts';

/** The look of a report: one column, light or dark as the reader has it, on paper always light. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; ${colourVariables('light')} }
@media (prefers-color-scheme: dark) { :root { ${colourVariables('dark')} } }
* { box-sizing: border-box; }
body { margin: 0; padding: 0 1.5rem; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
header, main, footer { max-width: 56rem; margin: 0 auto; }
header { padding-top: 3rem; padding-bottom: 1.25rem; border-bottom: 3px solid var(--series-1); }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; letter-spacing: -0.015em; text-wrap: balance; }
header p { margin: 0.5rem 0 0; color: var(--quiet); }
nav { margin-top: 1rem; font-size: 0.9rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
a { color: var(--series-1); }
h2 { margin: 2.75rem 0 0.75rem; font-size: 1.3rem; line-height: 1.3; letter-spacing: -0.01em; }
p { margin: 0.75rem 0; max-width: 46rem; }
.note { padding: 0.5rem 0.9rem; border-left: 3px solid var(--series-2); background: var(--panel); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: 0.75rem; margin: 1rem 0; padding: 0; }
.tiles div { padding: 0.9rem 1rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--panel); }
.tiles dt { color: var(--quiet); font-size: 0.85rem; }
.tiles dd { margin: 0; }
.tiles dd:first-of-type { font-size: 1.75rem; font-weight: 600; line-height: 1.35; font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
.tiles dd + dd { color: var(--quiet); font-size: 0.82rem; line-height: 1.4; }
figure { margin: 1.25rem 0; }
figure svg { display: block; width: 100%; height: auto; }
figcaption, caption { color: var(--quiet); font-size: 0.88rem; text-align: left; }
figcaption { margin-bottom: 0.5rem; font-weight: 600; color: var(--ink); }
.wide { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.88rem; font-variant-numeric: tabular-nums; }
caption { padding-bottom: 0.4rem; font-weight: 600; color: var(--ink); }
th, td { padding: 0.35rem 0.9rem 0.35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-weight: 500; border-bottom: 1.5px solid var(--quiet); vertical-align: bottom; }
tbody th { font-weight: 500; overflow-wrap: anywhere; }
.number { text-align: right; }
td.number { white-space: nowrap; }
tbody th { min-width: 8.5rem; }
td { overflow-wrap: anywhere; }
pre { margin: 0.4rem 0 1.1rem; padding: 0.75rem 1rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--panel); font: 0.82rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
h3 { margin: 1rem 0 0; font-size: 0.92rem; }
footer { margin-top: 3rem; padding-top: 1rem; padding-bottom: 3rem; border-top: 1px solid var(--rule); color: var(--quiet); font-size: 0.85rem; }
@media print {
  :root { color-scheme: light; ${colourVariables('light')} }
  @page { size: A4; margin: 16mm 15mm; }
  html { font-size: 12px; }
  body { padding: 0; font-size: 1.1rem; line-height: 1.45; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header, main, footer, p { max-width: none; }
  header { padding-top: 0; }
  nav { display: none; }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  .tiles div { padding: 0.7rem 0.8rem; }
  h2 { margin-top: 1.8rem; break-after: avoid; }
  h3, caption { break-after: avoid; }
  .wide { overflow: visible; }
  figure, tr, pre, .tiles, .note { break-inside: avoid; }
  table.short { break-inside: avoid; }
  thead { display: table-header-group; }
  .new-page { break-before: page; }
  .new-page h2 { margin-top: 0; }
}
`.trim();
