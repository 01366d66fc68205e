import type { Chart } from './charts/drawing.ts';

/** A number as people read it, with the number itself. */
export interface Figure {
  readonly value: number;
  readonly text: string;
}

/** Text that was given by somebody stays text: whoever writes the report escapes it. */
export type Cell = string | Figure;

export interface Column {
  readonly title: string;
  /** Numbers stand right, words left. */
  readonly align?: 'left' | 'right';
}

export interface Tile {
  readonly label: string;
  readonly figure: Cell;
  readonly note?: string;
}

/** What a section is made of. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** Something that is not in the report, and why. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'tiles'; readonly tiles: readonly Tile[] }
  | { readonly kind: 'table'; readonly caption: string; readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'chart'; readonly chart: Chart }
  | { readonly kind: 'commands'; readonly caption: string; readonly lines: readonly string[] };

export interface Section {
  /** Letters, digits and dashes: an anchor. */
  readonly id: string;
  readonly title: string;
  /** Begins a new page in print. */
  readonly newPage?: boolean;
  readonly blocks: readonly Block[];
}

/** A report as it is read, whatever it is written as. */
export interface ReportDocument {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly Section[];
}

export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
