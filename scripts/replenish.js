#!/usr/bin/env node
// @ts-check
import { pathToFileURL } from 'node:url';
import { buildPage } from './build-page.js';
import { bundle } from './bundle.js';
import { compile, pageIsStale } from './compile.js';

// The command of a checkout: what it needs is built first, which takes a few milliseconds when nothing changed.
const entry = await bundle(await compile());
const [command, ...rest] = process.argv.slice(2);
const showsPage = command === 'dashboard' || (command === 'demo' && !rest.includes('--no-dashboard'));
if (showsPage && !rest.includes('--help') && pageIsStale()) await buildPage();
await import(pathToFileURL(entry).href);
