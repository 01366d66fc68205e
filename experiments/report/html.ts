import { createHash } from 'node:crypto';
import type { Block, Cell, Column, ReportDocument, Section, Tile } from './document.ts';
import { REPORT_STYLE } from './html-style.ts';

/** Rows that are kept together on one page of paper. */
const SHORT = 18;

/** One HTML file that needs nothing else and loads nothing: no script, no font, no network. */
export function toHtml({ title, subtitle, sections }: ReportDocument): string {
  const contents = sections.map(({ id, title: name }) => `<li><a href="#${id}">${escaped(name)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="generator" content="replenish">
<title>${escaped(title)}</title>
<style>
${REPORT_STYLE}
</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>${escaped(subtitle)}</p>
<nav aria-label="Contents"><ul>${contents.join('')}</ul></nav>
</header>
<main>
${sections.map(section).join('\n')}
</main>
<footer>Written by replenish. Everything that is needed to read this is in this one file.</footer>
</body>
</html>
`;
}

function section({ id, title, newPage = false, blocks }: Section): string {
  const pages = newPage ? ' class="new-page"' : '';
  return `<section id="${id}" aria-labelledby="${id}-heading"${pages}>\n<h2 id="${id}-heading">${escaped(title)}</h2>\n${blocks.map(block).join('\n')}\n</section>`;
}

function block(one: Block): string {
  switch (one.kind) {
    case 'text':
      return `<p>${escaped(one.text)}</p>`;
    case 'note':
      return `<p class="note">${escaped(one.text)}</p>`;
    case 'tiles':
      return `<dl class="tiles">${one.tiles.map(tile).join('')}</dl>`;
    case 'chart':
      return `<figure><figcaption>${escaped(one.chart.title)}</figcaption>${one.chart.svg}</figure>`;
    case 'table':
      return table(one);
    case 'commands':
      return `<h3>${escaped(one.caption)}</h3>\n<pre><code>${one.lines.map(escaped).join('\n')}</code></pre>`;
  }
}

function tile({ label, figure, note }: Tile): string {
  return `<div><dt>${escaped(label)}</dt><dd>${cellText(figure)}</dd>${note === undefined ? '' : `<dd>${escaped(note)}</dd>`}</div>`;
}

function table({ caption, columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const short = rows.length <= SHORT ? ' class="short"' : '';
  const head = columns.map((column) => `<th scope="col"${numeric(column)}>${escaped(column.title)}</th>`);
  const body = rows.map((row) => `<tr>${row.map((cell, k) => cellOf(cell, columns[k], k === 0)).join('')}</tr>`);
  return `<div class="wide" tabindex="0" role="region" aria-labelledby="${anchorOf(caption)}"><table${short}><caption id="${anchorOf(caption)}">${escaped(caption)}</caption>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}

function cellOf(cell: Cell, column: Column, first: boolean): string {
  return first ? `<th scope="row"${numeric(column)}>${cellText(cell)}</th>` : `<td${numeric(column)}>${cellText(cell)}</td>`;
}

/** A number carries all its figures for whoever reads the file with a program. */
function cellText(cell: Cell): string {
  return typeof cell === 'string' ? escaped(cell) : `<data value="${cell.value}">${escaped(cell.text)}</data>`;
}

function numeric({ align = 'right' }: Column): string {
  return align === 'right' ? ' class="number"' : '';
}

function anchorOf(words: string): string {
  return `t${createHash('sha1').update(words).digest('hex').slice(0, 8)}`;
}

/** Text as HTML: what somebody wrote into a description is no markup. A per cent sign stays beside its number. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll(/(\d) %/g, '$1&nbsp;%');
}
