import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { UserError } from '../../../env/index.ts';
import { type ImportedSales, type ImportOptions, importSales } from '../../../forecasting/index.ts';

export interface Tables {
  readonly sales: string | Buffer;
  readonly items?: string;
  readonly notes?: string;
  readonly promotions?: string;
}

export interface Importer {
  readonly folder: string;
  /** Writes the tables to files and reads them. */
  read(tables: Tables | string | Buffer, options?: Partial<ImportOptions>): Promise<ImportedSales>;
  /** What the user is told, without the folder. */
  complaint(tables: Tables | string | Buffer, options?: Partial<ImportOptions>): Promise<string>;
}

/** A folder that is gone after the tests, and how to read tables from it. */
export function createImporter(): Importer {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const read: Importer['read'] = async (given, options = {}) => {
    const tables = typeof given === 'string' || Buffer.isBuffer(given) ? { sales: given } : given;
    const write = (name: string, content: string | Buffer) => {
      const path = join(folder, `${name}.csv`);
      writeFileSync(path, content);
      return path;
    };
    return importSales({
      sales: write('sales', tables.sales),
      ...(tables.items === undefined ? {} : { items: write('items', tables.items) }),
      ...(tables.notes === undefined ? {} : { notes: write('notes', tables.notes) }),
      ...(tables.promotions === undefined ? {} : { promotions: write('promotions', tables.promotions) }),
      ...options,
    });
  };
  return {
    folder,
    read,
    complaint: async (tables, options) => {
      try {
        await read(tables, options);
      } catch (error) {
        if (error instanceof UserError) return error.message.replaceAll(`${folder}/`, '');
        throw error;
      }
      return 'no complaint';
    },
  };
}

/** Count of a finding; 0 where there is none. */
export function found({ report }: ImportedSales, kind: string, unit?: string): number {
  return report.findings.find((finding) => finding.kind === kind && (unit === undefined || finding.unit === unit))?.count ?? 0;
}

/** Lines `date,item,quantity` of the days from 2024-01-01, a Monday, on. */
export function dailyLines(item: string, quantities: readonly number[]): string {
  return quantities.map((quantity, k) => `${new Date(Date.UTC(2024, 0, 1 + k)).toISOString().slice(0, 10)},${item},${quantity}\n`).join('');
}

export const HEADER = 'date,item,quantity\n';
