import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runsFolder, train } from '../../experiments/index.ts';
import { crc32c } from '../../experiments/runs/crc32c.ts';
import { scalarRecord, versionRecord } from '../../experiments/runs/tensorboard.ts';
import { loadScenario } from '../../scenarios/index.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('CRC-32C of the examples in RFC 3720, B.4', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, k) => k))).toBe(0x46dd794e);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

test('the version record has the bytes that TensorBoard asks for', () => {
  // Field 1, 64 bits: 1.5 s. Field 3, 13 bytes: brain.Event:2.
  const event = '09000000000000f83f1a0d627261696e2e4576656e743a32';
  const bytes = hex(versionRecord(1.5));
  expect(bytes.slice(0, 16)).toBe('1800000000000000');
  expect(bytes.slice(24, 24 + event.length)).toBe(event);
  // The masked checksum: rotated right by 15 bits, plus 0xa282ead8.
  const crc = crc32c(Buffer.from(event, 'hex'));
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  expect(Buffer.from(bytes, 'hex').readUInt32LE(12 + event.length / 2)).toBe(masked);
});

test('a scalar is wall time, step, and a summary of tag and value', () => {
  // 0x09 double 2; 0x10 varint 300; 0x2a 12 bytes: 0x0a 10 bytes: 0x0a "cost", 0x15 float 0.5 -> 6 + 5 = 11 bytes.
  const event = `090000000000000040${'10ac02'}2a0d0a0b0a04636f737415${'0000003f'}`;
  const bytes = hex(scalarRecord({ wallTime: 2, step: 300, scalars: { cost: 0.5 } }));
  expect(bytes.slice(24, -8)).toBe(event);
  expect(Buffer.from(bytes, 'hex').readUInt32LE(0)).toBe(event.length / 2);
});

test('a run writes one record for the version and one for each line of its metrics', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['leadTime=1'] });
  const settings = { hidden: [8], horizon: 8, lookahead: 0 };
  const { run } = await train({
    loaded,
    agent: 'ppo',
    lanes: 32,
    steps: 1024,
    settings,
    evaluation: null,
    curvePoints: 2,
    tensorboard: true,
  });
  const folder = join(runsFolder(), run, 'tensorboard');
  const [name] = readdirSync(folder);
  const file = readFileSync(join(folder, name));
  let records = 0;
  for (let at = 0; at < file.length; records++) at += 12 + Number(file.readBigUInt64LE(at)) + 4;
  const lines = readFileSync(join(runsFolder(), run, 'metrics.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(records).toBe(1 + lines.length);
});
