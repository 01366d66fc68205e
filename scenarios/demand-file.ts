import { resolve } from 'node:path';
import { UserError } from '../env/index.ts';
import { readTable } from '../forecasting/index.ts';

export interface DemandPlace {
  readonly location: string;
  readonly item?: string;
  /** Folder against which the path is read. */
  readonly folder: string;
}

/**
 * Demand per period from a CSV file with the column quantity. Where it has the columns location and item, only rows of the place count; where it has
 * the column period (from 0), rows are put in its order, those of one period are added up, and a period without a row has no demand.
 * @throws UserError naming the file, the line and what was expected
 */
export function readDemandFile(file: string, path: string, { location, item, folder }: DemandPlace): number[] {
  const { rows, columns } = readTable(resolve(folder, file), ['quantity']);
  const here = rows.filter(({ cells }) => fits(cells.location, location) && fits(cells.item, item));
  if (here.length === 0) {
    throw new UserError(
      `${path}: ${file} has no row for location "${location}"${item === undefined ? '' : ` and item "${item}"`}; expected at least one`,
    );
  }
  const demand: number[] = [];
  here.forEach(({ cells, line }, k) => {
    const at = columns.includes('period') ? readNumber(cells.period, true, `${file}, line ${line}: period`) : k;
    while (demand.length <= at) demand.push(0);
    demand[at] += readNumber(cells.quantity, false, `${file}, line ${line}: quantity`);
  });
  return demand;
}

function fits(cell: string | undefined, wanted: string | undefined): boolean {
  return cell === undefined || cell === '' || wanted === undefined || cell === wanted;
}

/** Periods that a file may number at most. */
const MOST_PERIODS = 1_000_000;

function readNumber(cell: string, whole: boolean, field: string): number {
  const value = cell === '' ? Number.NaN : Number(cell);
  if (Number.isFinite(value) && value >= 0 && (!whole || (Number.isInteger(value) && value < MOST_PERIODS))) return value;
  throw new UserError(`${field}: "${cell}"; expected ${whole ? 'a whole number, counted from 0' : 'a number of 0 or more'}`);
}
