import type * as PlotLibrary from '@observablehq/plot';
import { colourVariables, roleColour } from './palette.ts';

/** A picture with what it says in words. */
export interface Chart {
  /** Letters, digits and dashes: an anchor, and a file's name. */
  readonly name: string;
  readonly title: string;
  /** For those who do not see it. */
  readonly description: string;
  /** An SVG element; its colours are CSS variables with fallbacks. */
  readonly svg: string;
}

export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
}

export interface ChartSpec extends Omit<Chart, 'svg'> {
  readonly options: PlotLibrary.PlotOptions;
  /** Above the plot, in rows. */
  readonly legend?: readonly LegendEntry[];
}

/** What is used of a document: its types come with browsers only. */
interface SvgElement {
  textContent: string | null;
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  append(...elements: SvgElement[]): void;
  prepend(...elements: SvgElement[]): void;
}

interface SvgDocument {
  createElementNS(namespace: string, name: string): SvgElement;
}

/** [px] */
export const CHART_WIDTH = 760;
const LEGEND = { rowHeight: 20, swatch: 11, gap: 18, letter: 6.4, below: 6 } as const;
const SVG = 'http://www.w3.org/2000/svg';

/** Draws charts without a browser. Observable Plot and a document for it are loaded with the first one. */
export class Drawing {
  readonly plot: typeof PlotLibrary;
  readonly #document: SvgDocument;

  private constructor(plot: typeof PlotLibrary, document: SvgDocument) {
    this.plot = plot;
    this.#document = document;
  }

  static async open(): Promise<Drawing> {
    const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
    return new Drawing(plot, parseHTML('<!doctype html><html><body></body></html>').document);
  }

  draw({ name, title, description, options, legend = [] }: ChartSpec): Chart {
    const rows = legendRows(legend, options.width ?? CHART_WIDTH);
    const drawn: SvgElement = this.plot.plot({
      width: CHART_WIDTH,
      style: { fontSize: '12px', background: 'none', overflow: 'visible' },
      ...options,
      document: this.#document,
    });
    drawn.setAttribute('xmlns', SVG);
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-labelledby', `${name}-title ${name}-description`);
    drawn.prepend(this.#text('title', `${name}-title`, title), this.#text('desc', `${name}-description`, description));
    if (rows.length > 0) this.#addLegend(drawn, rows);
    return { name, title, description, svg: drawn.outerHTML };
  }

  #text(tag: 'title' | 'desc', id: string, words: string): SvgElement {
    const element = this.#document.createElementNS(SVG, tag);
    element.setAttribute('id', id);
    element.textContent = words;
    return element;
  }

  /** The picture grows upwards: the plot stays where it is. */
  #addLegend(drawn: SvgElement, rows: ReturnType<typeof legendRows>): void {
    const [, , width, height] = (drawn.getAttribute('viewBox') ?? '').split(/[ ,]+/).map(Number);
    const above = rows.length * LEGEND.rowHeight + LEGEND.below;
    drawn.setAttribute('viewBox', `0 ${-above} ${width} ${height + above}`);
    drawn.setAttribute('height', String(height + above));
    drawn.append(this.#legend(rows, -above));
  }

  #legend(rows: ReturnType<typeof legendRows>, top: number): SvgElement {
    const group = this.#element('g', { 'text-anchor': 'start', 'aria-hidden': 'true' });
    for (const [row, entries] of rows.entries()) {
      const y = top + row * LEGEND.rowHeight;
      for (const { label, colour, x } of entries) {
        const words = this.#element('text', { x: x + LEGEND.swatch + 6, y: y + 10, fill: roleColour('ink') });
        words.textContent = label;
        group.append(this.#element('rect', { x, y, width: LEGEND.swatch, height: LEGEND.swatch, rx: 2, fill: colour }), words);
      }
    }
    return group;
  }

  #element(tag: string, attributes: Readonly<Record<string, string | number>>): SvgElement {
    const element = this.#document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    return element;
  }
}

/** Entries beside each other, as many to a row as fit. */
function legendRows(entries: readonly LegendEntry[], width: number): (LegendEntry & { readonly x: number })[][] {
  const rows: (LegendEntry & { readonly x: number })[][] = [];
  let x = width;
  for (const entry of entries) {
    const wide = LEGEND.swatch + 6 + entry.label.length * LEGEND.letter + LEGEND.gap;
    if (x + wide > width) {
      rows.push([]);
      x = 0;
    }
    rows[rows.length - 1].push({ ...entry, x });
    x += wide;
  }
  return rows;
}

/** A chart as a file of its own, with paper and colours for light and dark. */
export function chartFile({ svg }: Chart): string {
  const style = [
    `svg { ${colourVariables('light')} color: var(--ink); background: var(--paper); font-family: system-ui, sans-serif; }`,
    `@media (prefers-color-scheme: dark) { svg { ${colourVariables('dark')} } }`,
  ].join(' ');
  return `${svg.replace(/(<desc .*?<\/desc>)/s, (described) => `${described}<style>${style}</style>`)}\n`;
}
