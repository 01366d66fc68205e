// Writes the extract of Online Retail that ships with the product, from the raw invoice lines; or the items that were not chosen for it, as data of one's own.
// Run: npx tsx scripts/make-online-retail.ts PATH/online_retail.csv.gz [scenarios/data/online-retail]
//      npx tsx scripts/make-online-retail.ts PATH/online_retail.csv.gz FOLDER --others
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { onlineRetailReadme } from './online-retail-readme.ts';

/** First whole trading week and the number of whole weeks: the weeks of 2010-11-29 and 2011-12-05 are cut off by the data's ends. */
const FIRST_MONDAY = '2010-12-06';
const WEEKS = 52;
/** Items are chosen by what happened before this week only: the 13 weeks from it on are for testing. */
const CUT = 39;
/** Mean weekly units from an item's first sale to the cut: each range gives the same number of items. */
const VOLUME_BOUNDS = [0, 2.5, 8, 20, 60, Number.POSITIVE_INFINITY];
const PER_RANGE = 36;
const NEW_ITEMS = 20;
/** An item whose first sale lies at most this many weeks before the cut is new. */
const NEW_WEEKS = 16;
/** Quantities of the two pairs of an order and its cancellation. */
const CANCELLED_ORDERS = new Set([80995, 74215]);
const DAY = 86_400_000;

interface Line {
  readonly code: string;
  readonly description: string;
  readonly week: number;
  readonly quantity: number;
  readonly price: number;
}

interface Product {
  readonly item: string;
  readonly description: string;
  readonly price: number;
  readonly units: Float64Array;
  readonly revenue: Float64Array;
}

/** Sales lines of products in whole weeks, by the traps that the data is known for. */
function cleanLines(path: string): Line[] {
  const rows: string[][] = parse(gunzipSync(readFileSync(path)), { from_line: 2 });
  const seen = new Set<string>();
  const lines: Line[] = [];
  for (const row of rows) {
    const [invoice, code, description, quantityText, date, priceText] = row;
    const key = row.join('\u0001');
    if (seen.has(key)) continue;
    seen.add(key);
    const quantity = Number(quantityText);
    const price = Number(priceText);
    if (invoice.startsWith('C') || !/^\d{5}[A-Za-z]*$/.test(code) || !(quantity > 0) || !(price > 0)) continue;
    if (CANCELLED_ORDERS.has(quantity)) continue;
    const week = Math.floor((Date.parse(date.slice(0, 10)) - Date.parse(FIRST_MONDAY)) / (7 * DAY));
    if (week < 0 || week >= WEEKS) continue;
    lines.push({ code: code.toUpperCase(), description: description.trim().replace(/\s+/g, ' '), week, quantity, price });
  }
  return lines;
}

/** The value that occurs most often; the first one seen among equals. */
function mode<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

function products(lines: readonly Line[]): Product[] {
  const byCode = new Map<string, Line[]>();
  for (const line of lines) {
    const group = byCode.get(line.code);
    if (group) group.push(line);
    else byCode.set(line.code, [line]);
  }
  const result: Product[] = [];
  for (const [item, group] of byCode) {
    const before = group.filter((line) => line.week < CUT);
    if (before.length === 0) continue;
    const units = new Float64Array(WEEKS);
    const revenue = new Float64Array(WEEKS);
    for (const line of group) {
      units[line.week] += line.quantity;
      revenue[line.week] += line.quantity * line.price;
    }
    result.push({
      item,
      description: mode(before.map((line) => line.description)),
      price: mode(before.map((line) => line.price)),
      units,
      revenue,
    });
  }
  return result;
}

function firstSale(product: Product): number {
  return product.units.findIndex((quantity) => quantity > 0);
}

function weeksSold(product: Product, from: number, to: number): number {
  return product.units.subarray(from, to).filter((quantity) => quantity > 0).length;
}

function meanUnits(product: Product): number {
  const first = firstSale(product);
  return product.units.subarray(first, CUT).reduce((sum, quantity) => sum + quantity, 0) / (CUT - first);
}

/** A fixed order that has nothing to do with what an item is or how it sells. */
function draw(candidates: readonly Product[], count: number): Product[] {
  const rank = (product: Product) => createHash('sha256').update(product.item).digest('hex');
  return [...candidates].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, count);
}

/** Items alive at the cut, by kind: new ones, then those of each range of volume; and how many of a kind are chosen. */
function candidates(all: readonly Product[]): { readonly kind: string; readonly own: readonly Product[]; readonly count: number }[] {
  const alive = all.filter((product) => weeksSold(product, CUT - 8, CUT) >= 1);
  const isNew = (product: Product) => firstSale(product) >= CUT - NEW_WEEKS;
  const established = alive.filter((product) => !isNew(product) && weeksSold(product, 0, CUT) >= 8);
  const fresh = alive.filter((product) => isNew(product) && firstSale(product) <= CUT - 4 && weeksSold(product, 0, CUT) >= 3);
  const ranges = VOLUME_BOUNDS.slice(1).map((bound, range) => ({
    kind: `${VOLUME_BOUNDS[range]} to ${bound} a week`,
    own: established.filter((product) => meanUnits(product) >= VOLUME_BOUNDS[range] && meanUnits(product) < bound),
    count: PER_RANGE,
  }));
  return [{ kind: 'new', own: fresh, count: NEW_ITEMS }, ...ranges];
}

/** The same number from each range of volume, and some new ones; or all that these leave. */
function choose(all: readonly Product[], others: boolean): Product[] {
  const chosen = candidates(all).flatMap(({ kind, own, count }) => {
    process.stderr.write(`${kind}: ${own.length} candidates\n`);
    const drawn = draw(own, count);
    return others ? own.filter((product) => !drawn.includes(product)) : drawn;
  });
  return chosen.sort((a, b) => (a.item < b.item ? -1 : 1));
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function write(folder: string, chosen: readonly Product[]): number {
  const items = ['item,description,price', ...chosen.map((p) => `${p.item},${quoted(p.description)},${p.price}`)];
  const sales = ['date,item,quantity,price'];
  for (let week = 0; week < WEEKS; week++) {
    const date = new Date(Date.parse(FIRST_MONDAY) + week * 7 * DAY).toISOString().slice(0, 10);
    for (const { item, units, revenue } of chosen) {
      if (units[week] > 0) sales.push(`${date},${item},${units[week]},${(revenue[week] / units[week]).toFixed(2)}`);
    }
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'items.csv'), `${items.join('\n')}\n`);
  writeFileSync(join(folder, 'sales.csv'), `${sales.join('\n')}\n`);
  process.stderr.write(`${folder}: ${chosen.length} items, ${sales.length - 1} rows\n`);
  return sales.length - 1;
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { others: { type: 'boolean', default: false } } });
const [raw, folder = values.others ? undefined : 'scenarios/data/online-retail'] = positionals;
if (raw === undefined) throw new Error('Give the path of online_retail.csv.gz: the raw invoice lines, gzipped CSV.');
if (folder === undefined) throw new Error('Give the folder that the other items are to be written to.');
const chosen = choose(products(cleanLines(raw)), values.others);
const rows = write(folder, chosen);
if (!values.others) {
  const shape = { items: chosen.length, rows, weeks: WEEKS, cut: CUT, perRange: PER_RANGE, newItems: NEW_ITEMS, newWeeks: NEW_WEEKS };
  writeFileSync(join(folder, 'README.md'), onlineRetailReadme({ ...shape, bounds: VOLUME_BOUNDS }));
}
