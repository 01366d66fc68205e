#!/usr/bin/env node
// @ts-check
import { buildPage } from './build-page.js';
import { compile, pageIsStale } from './compile.js';

// The command of a checkout: what it needs is built first, which takes a few milliseconds when nothing changed.
await compile();
const [command, ...rest] = process.argv.slice(2);
const showsPage = command === 'dashboard' || (command === 'demo' && !rest.includes('--no-dashboard'));
if (showsPage && !rest.includes('--help') && pageIsStale()) await buildPage();
await import(new URL('../dist/cli/bin.js', import.meta.url).href);
