import { rmSync } from 'node:fs';
import { buildPage } from './build-page.js';
import { compile, dist } from './compile.js';
import { run } from './steps.ts';

// The publishable package: compiled modules, their types, the page, presets and data, all under dist/.
rmSync(dist, { recursive: true, force: true });
await compile();
await run('tsc', ['-p', 'tsconfig.build.json']);
await buildPage();
