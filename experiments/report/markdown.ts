import type { Chart } from './charts/drawing.ts';
import { type Block, type Column, type ReportDocument, textOf } from './document.ts';

/** Markdown with tables, as GitHub reads it; `place` says where a chart's file is, seen from the report. */
export function toMarkdown({ title, subtitle, sections }: ReportDocument, place: (chart: Chart) => string): string {
  const parts = sections.map((section) => [`## ${escaped(section.title)}`, ...section.blocks.map((one) => block(one, place))].join('\n\n'));
  return `${[`# ${escaped(title)}`, escaped(subtitle), ...parts].join('\n\n')}\n`;
}

function block(one: Block, place: (chart: Chart) => string): string {
  switch (one.kind) {
    case 'text':
      return escaped(one.text);
    case 'note':
      return `> ${escaped(one.text)}`;
    case 'tiles':
      return one.tiles
        .map(
          ({ label, figure, note }) =>
            `- **${escaped(label)}: ${escaped(textOf(figure))}**${note === undefined ? '' : `, ${escaped(note)}`}`,
        )
        .join('\n');
    case 'chart':
      return `![${escaped(one.chart.title)}: ${escaped(one.chart.description)}](${encodeURI(place(one.chart))})`;
    case 'table':
      return table(one);
    case 'commands':
      return [`${escaped(one.caption)}:`, ['```sh', ...one.lines, '```'].join('\n')].join('\n\n');
  }
}

function table({ caption, columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `**${escaped(caption)}**`,
    '',
    line(columns.map(({ title }) => escaped(title) || ' ')),
    line(columns.map(rule)),
    ...rows.map((row) => line(row.map((cell) => escaped(textOf(cell)) || ' '))),
  ].join('\n');
}

function rule({ align = 'right' }: Column): string {
  return align === 'right' ? '---:' : '---';
}

/** Text that stays text: no markup, no HTML, on one line. */
function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/^([#>+-]|\d+\.)(?=\s)/, '\\$1');
}
