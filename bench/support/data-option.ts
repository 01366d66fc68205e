import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** The folder given as --data; where none was, the process ends with a line that says what is expected. */
export function dataOption(benchmark: string): string {
  const { data } = parseArgs({ options: { data: { type: 'string' } }, strict: false }).values;
  if (typeof data === 'string' && existsSync(data)) return data;
  console.error(
    `--data ${data ?? '(none)'}: expected the folder of the data; for example: npm run -s bench -- ${benchmark} --data data/${benchmark}`,
  );
  process.exit(2);
}
