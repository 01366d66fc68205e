import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32c } from './crc32c.ts';
import type { MetricsLine } from './metrics-log.ts';
import { runFolder, writeWhole } from './store.ts';

/** A number at a step, as TensorBoard shows it. */
export interface ScalarEvent {
  /** [s] since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly scalars: Readonly<Record<string, number>>;
}

/** A run's event file, `tensorboard/events.out.tfevents.*`: `tensorboard --logdir runs` finds it. Written anew from the metrics at every start. */
export class EventFile {
  readonly #file: string;
  /** [s] since 1970 */
  readonly #start: number;

  private constructor(file: string, start: number) {
    this.#file = file;
    this.#start = start;
  }

  static async create(
    run: string,
    { startedAt, lines }: { readonly startedAt: string; readonly lines: readonly MetricsLine[] },
  ): Promise<EventFile> {
    const start = Date.parse(startedAt) / 1000;
    const folder = join(runFolder(run), 'tensorboard');
    await mkdir(folder, { recursive: true });
    const events = new EventFile(join(folder, `events.out.tfevents.${Math.floor(start)}.${run}`), start);
    await writeWhole(events.#file, Buffer.concat([versionRecord(start), ...lines.map((line) => scalarRecord(events.#event(line)))]));
    return events;
  }

  async append(line: MetricsLine): Promise<void> {
    await appendFile(this.#file, scalarRecord(this.#event(line)));
  }

  #event({ steps, seconds = 0, ...scalars }: MetricsLine): ScalarEvent {
    return { wallTime: this.#start + seconds, step: steps, scalars };
  }
}

/** The first record of an event file. */
export function versionRecord(wallTime: number): Uint8Array {
  return record(Buffer.concat([double(1, wallTime), text(3, 'brain.Event:2')]));
}

/** One record with the numbers of a step (event.proto and summary.proto of TensorFlow: wall_time, step, summary.value of tag and simple_value). */
export function scalarRecord({ wallTime, step, scalars }: ScalarEvent): Uint8Array {
  const values = Object.entries(scalars).map(([tag, value]) => bytes(1, Buffer.concat([text(1, tag), float(2, value)])));
  return record(Buffer.concat([double(1, wallTime), whole(2, step), bytes(5, Buffer.concat(values))]));
}

/** TFRecord: length, its masked CRC-32C, the data, its masked CRC-32C, all little-endian. */
function record(data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, maskedCrc(length), data, maskedCrc(data)]);
}

function maskedCrc(data: Uint8Array): Uint8Array {
  const crc = crc32c(data);
  const masked = Buffer.alloc(4);
  masked.writeUInt32LE((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
  return masked;
}

/** A field's key: its number and how its value is laid out (0: varint, 1: 64 bits, 2: bytes with their length, 5: 32 bits). */
function key(field: number, kind: 0 | 1 | 2 | 5): Uint8Array {
  return varint(field * 8 + kind);
}

function varint(value: number): Uint8Array {
  const out: number[] = [];
  let left = value;
  while (left > 127) {
    out.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return Uint8Array.of(...out, left);
}

function whole(field: number, value: number): Uint8Array {
  return Buffer.concat([key(field, 0), varint(value)]);
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return Buffer.concat([key(field, 2), varint(value.length), value]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, Buffer.from(value));
}

function double(field: number, value: number): Uint8Array {
  const eight = Buffer.alloc(8);
  eight.writeDoubleLE(value);
  return Buffer.concat([key(field, 1), eight]);
}

function float(field: number, value: number): Uint8Array {
  const four = Buffer.alloc(4);
  four.writeFloatLE(value);
  return Buffer.concat([key(field, 5), four]);
}
