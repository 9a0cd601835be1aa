import type { ByteReader } from './bytes.ts';

/**
 * MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md) from bytes of which perhaps only the head was
 * recorded: arrays and maps then hold what is complete, and `reader.ok` is false. (Libraries refuse such bytes.)
 * Maps become objects, extensions `{ extension, data }`; undefined where nothing could be read.
 */
export function readMsgpack(reader: ByteReader, depth = 0): unknown {
  const head = reader.u8();
  if (depth > MAX_DEPTH) reader.ok = false;
  if (!reader.ok) return undefined;
  if (head < 0x80) return head;
  if (head < 0x90) return map(reader, head & 15, depth);
  if (head < 0xa0) return array(reader, head & 15, depth);
  if (head < 0xc0) return whole(reader, reader.text(head & 31));
  if (head >= 0xe0) return head - 256;
  return whole(reader, READERS[head - 0xc0]!(reader, depth));
}

/** Deeper nesting is no message but an attack on the stack. */
const MAX_DEPTH = 64;

type Reader = (reader: ByteReader, depth: number) => unknown;

/** 0xc0 … 0xdf, in order. */
const READERS: Reader[] = [
  () => null,
  refuse,
  () => false,
  () => true,
  (r) => r.take(r.u8()),
  (r) => r.take(r.u16()),
  (r) => r.take(r.u32()),
  (r) => extension(r, r.u8()),
  (r) => extension(r, r.u16()),
  (r) => extension(r, r.u32()),
  (r) => view(r, 4).getFloat32(0),
  (r) => view(r, 8).getFloat64(0),
  (r) => r.u8(),
  (r) => r.u16(),
  (r) => r.u32(),
  (r) => r.u32() * 2 ** 32 + r.u32(),
  (r) => view(r, 1).getInt8(0),
  (r) => view(r, 2).getInt16(0),
  (r) => view(r, 4).getInt32(0),
  (r) => Number(view(r, 8).getBigInt64(0)),
  (r) => extension(r, 1),
  (r) => extension(r, 2),
  (r) => extension(r, 4),
  (r) => extension(r, 8),
  (r) => extension(r, 16),
  (r) => r.text(r.u8()),
  (r) => r.text(r.u16()),
  (r) => r.text(r.u32()),
  (r, depth) => array(r, r.u16(), depth),
  (r, depth) => array(r, r.u32(), depth),
  (r, depth) => map(r, r.u16(), depth),
  (r, depth) => map(r, r.u32(), depth),
];

/** 0xc1 is never used. */
function refuse(reader: ByteReader): undefined {
  reader.ok = false;
  return undefined;
}

/** A scalar cut off in the middle is not there; a container keeps its complete members. */
function whole(reader: ByteReader, value: unknown): unknown {
  return reader.ok || (typeof value === 'object' && !(value instanceof Uint8Array)) ? value : undefined;
}

function array(reader: ByteReader, length: number, depth: number): unknown[] {
  const items: unknown[] = [];
  for (let i = 0; i < length && reader.ok; i++) {
    const item = readMsgpack(reader, depth + 1);
    if (item !== undefined) items.push(item);
  }
  return items;
}

function map(reader: ByteReader, size: number, depth: number): Record<string, unknown> {
  const members: [string, unknown][] = [];
  for (let i = 0; i < size && reader.ok; i++) {
    const key = String(readMsgpack(reader, depth + 1));
    const value = readMsgpack(reader, depth + 1);
    if (value !== undefined) members.push([key, value]);
  }
  return Object.fromEntries(members);
}

function extension(reader: ByteReader, length: number): { extension: number; data: Uint8Array } {
  return { extension: view(reader, 1).getInt8(0), data: reader.take(length) };
}

function view(reader: ByteReader, length: number): DataView {
  const bytes = reader.take(length);
  if (bytes.length < length) return new DataView(new ArrayBuffer(length));
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}
