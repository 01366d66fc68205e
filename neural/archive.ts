import { createHash } from 'node:crypto';
import { UserError } from '../env/index.ts';

export type ArchiveArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** What is saved: typed arrays by name, and plain JSON beside them. */
export interface Archive {
  /** What this is an archive of: a reader asks for its own kind. */
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, ArchiveArray>>;
}

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly length: number;
}

const MAGIC = 'REPLENISH-1\n';
const DIGEST_BYTES = 32;
const ARRAY_TYPES = { Float32Array, Float64Array, Int32Array, Uint8Array };

/** One file's bytes: a mark, the SHA-256 of all that follows, the header's length, the header in JSON, and the arrays, little-endian. */
export function encodeArchive({ kind, data, arrays }: Archive): Uint8Array {
  const entries: Entry[] = Object.entries(arrays).map(([name, array]) => ({ name, type: typeOf(array), length: array.length }));
  const header = Buffer.from(JSON.stringify({ kind, data, entries }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const body = Buffer.concat([
    length,
    header,
    ...Object.values(arrays).map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
  ]);
  return Buffer.concat([Buffer.from(MAGIC), createHash('sha256').update(body).digest(), body]);
}

/**
 * Reads what `encodeArchive` wrote.
 * @param name what the bytes are called in a message: a file's path.
 * @throws UserError for bytes that are not an archive, are cut short or altered, or hold another kind.
 */
export function decodeArchive(bytes: Uint8Array, { name, kind }: { readonly name: string; readonly kind?: string }): Archive {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = MAGIC.length + DIGEST_BYTES;
  if (file.length < MAGIC.length || file.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new UserError(`${name} is not a saved network or checkpoint of this program: expected a file that begins with ${MAGIC.trim()}.`);
  }
  const body = file.subarray(start);
  if (file.length < start + 4 || !createHash('sha256').update(body).digest().equals(file.subarray(MAGIC.length, start))) {
    throw new UserError(
      `${name} (${file.length} bytes) is cut short or was altered: its checksum does not fit. Use an earlier checkpoint.`,
    );
  }
  const headerEnd = 4 + body.readUInt32LE(0);
  const header = readHeader(body.toString('utf8', 4, headerEnd), name);
  if (kind !== undefined && header.kind !== kind) throw new UserError(`${name} holds "${header.kind}", expected "${kind}".`);
  return { kind: header.kind, data: header.data, arrays: readArrays(body, headerEnd, header.entries) };
}

function readHeader(text: string, name: string): { kind: string; data: Record<string, unknown>; entries: Entry[] } {
  const header: unknown = JSON.parse(text);
  if (!isRecord(header) || typeof header.kind !== 'string' || !isRecord(header.data) || !Array.isArray(header.entries)) {
    throw new UserError(`${name} has a header that this version of the program cannot read.`);
  }
  return { kind: header.kind, data: header.data, entries: header.entries };
}

function readArrays(body: Buffer, start: number, entries: readonly Entry[]): Record<string, ArchiveArray> {
  const arrays: Record<string, ArchiveArray> = {};
  let offset = start;
  for (const { name, type, length } of entries) {
    const ArrayType = ARRAY_TYPES[type as keyof typeof ARRAY_TYPES];
    const end = offset + length * ArrayType.BYTES_PER_ELEMENT;
    // A copy, because a typed array must begin at a multiple of its element's size.
    arrays[name] = new ArrayType(new Uint8Array(body.subarray(offset, end)).buffer);
    offset = end;
  }
  return arrays;
}

function typeOf(array: ArchiveArray): string {
  return array instanceof Float32Array
    ? 'Float32Array'
    : array instanceof Float64Array
      ? 'Float64Array'
      : array instanceof Int32Array
        ? 'Int32Array'
        : 'Uint8Array';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
