import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replenishJson } from './replenish.ts';

const COMMAND = [
  'train',
  'lost-sales',
  '--steps',
  '8192',
  '--lanes',
  '64',
  '--set',
  'leadTime=1',
  '--set',
  'agent.hidden=[8]',
  '--curve-points',
  '4',
];

interface Trained {
  readonly run: string;
  readonly curve: readonly { readonly step: number; readonly costPerPeriod: number }[];
}

/** Everything but the clock. */
async function trained(cores: string): Promise<{ readonly curve: unknown; readonly metrics: unknown }> {
  const { run, curve } = (await replenishJson([...COMMAND, '--cores', cores, '--json'])) as Trained;
  const lines = readFileSync(join(String(process.env.REPLENISH_HOME), 'runs', run, 'metrics.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');
  return { curve: curve.map((point) => ({ ...point, seconds: 0 })), metrics: lines.map((line) => ({ ...JSON.parse(line), seconds: 0 })) };
}

test('evaluated beside training on a second core, a run has the curve and the metrics that it has on one', async () => {
  const alone = await trained('1');
  expect(alone.curve).toHaveLength(4);
  expect(await trained('2')).toEqual(alone);
}, 60_000);
