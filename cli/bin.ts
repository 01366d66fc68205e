#!/usr/bin/env node
import { main } from './main.ts';

// Whoever read our output may have gone (`replenish ... | head`): nothing is left to do then.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
// Words that nobody reads any more are no reason to end.
process.stderr.on('error', () => {});

const code = await main(process.argv.slice(2));
// What was written is on its way before the program ends, whatever timers or sockets a library left behind.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((written) => stream.write('', written))));
process.exit(code);
