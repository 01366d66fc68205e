import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

// The model is no part of the project: tests read it from beside the checkout where it lies there, and say so where it does not.
const models = fileURLToPath(new URL('../../shared/models', import.meta.url));
if (process.env.REPLENISH_MODELS === undefined && existsSync(models)) process.env.REPLENISH_MODELS = models;

// Runs and caches of one test file are seen by no other and leave nothing behind.
const home = mkdtempSync(join(tmpdir(), 'replenish-test-'));
process.env.REPLENISH_HOME = home;
afterAll(() => rmSync(home, { recursive: true, force: true }));
