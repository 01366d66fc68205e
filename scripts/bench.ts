import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './compile.js';

// npm run -s bench -- NAME [options]: runs bench/NAME.ts, which prints one JSON object.
const [name, ...rest] = process.argv.slice(2);
const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''));

if (names.includes(name)) {
  const file = join(root, 'bench', `${name}.ts`);
  process.argv = [process.argv[0], file, ...rest];
  await import(file);
} else {
  const received = name === undefined ? 'No benchmark given' : `Unknown benchmark '${name}'`;
  console.error(`${received}: expected one of ${names.join(', ')}; for example: npm run -s bench -- ${names[0]}`);
  process.exitCode = 2;
}
