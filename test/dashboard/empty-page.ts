import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with a page that does nothing, for servers that are tried without a browser. */
export function emptyPage(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'replenish-page-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Replenish</title>');
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
