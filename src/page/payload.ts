import {
  brandedGetterOf,
  charCode,
  getPrototypeOf,
  getterOf,
  NativeArrayBuffer,
  NativeUint8Array,
  substring,
  uncurryThis,
} from './natives.ts';

const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as Uint8Array;
const { isView } = ArrayBuffer;
/** Undefined for all but typed arrays; unlike the other getters it never throws. */
const typedArrayTag = getterOf(typedArrayPrototype, Symbol.toStringTag) as (x: unknown) => string | undefined;
const typedArrayBytes = getterOf(typedArrayPrototype, 'byteLength');
const typedArrayOffset = getterOf(typedArrayPrototype, 'byteOffset');
const typedArrayBuffer = getterOf(typedArrayPrototype, 'buffer');
const dataViewBytes = getterOf(DataView.prototype, 'byteLength');
const dataViewOffset = getterOf(DataView.prototype, 'byteOffset');
const dataViewBuffer = getterOf(DataView.prototype, 'buffer');
export const bufferBytes = brandedGetterOf(ArrayBuffer.prototype, 'byteLength');
export const blobBytes = brandedGetterOf(Blob.prototype, 'size');
const encodeInto = uncurryThis(TextEncoder.prototype.encodeInto);
const decode = uncurryThis(TextDecoder.prototype.decode);
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const SCRATCH_BYTES = 4096;
const scratch = new Uint8Array(SCRATCH_BYTES);

/** Length in bytes of a string as UTF-8, lone surrogates as U+FFFD: what WebSocket, fetch and XMLHttpRequest send. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let from = 0; from < text.length; ) {
    // The browser copies all that it is given, however little of it fits.
    let to = from + SCRATCH_BYTES;
    // Not between the halves of a pair.
    if (to < text.length && (charCode(text, to - 1) & 0xfc00) === 0xd800) to--;
    const { read, written } = encodeInto(encoder, substring(text, from, to), scratch);
    bytes += written;
    from += read;
  }
  return bytes;
}

/** Bytes of an ArrayBuffer or a view of one; null for anything else. */
export function binaryBytes(data: unknown): number | null {
  if (!isView(data)) return bufferBytes(data);
  return typedArrayTag(data) === undefined ? dataViewBytes(data as DataView) : typedArrayBytes(data as Uint8Array);
}

/** Size of a payload without copying it; null where only the browser can know (a stream, a form, an object with its own toString). */
export function sizeOf(data: unknown): number | null {
  if (data === undefined || data === null) return 0;
  if (typeof data === 'string') return utf8Bytes(data);
  return binaryBytes(data) ?? blobBytes(data);
}

/** `count` bytes from `from` on of an ArrayBuffer or a view of one, seen where they are: the page owns them. */
export function bytesOf(data: unknown, from: number, count: number): Uint8Array {
  if (!isView(data)) return new NativeUint8Array(data as ArrayBuffer, from, count);
  const tag = typedArrayTag(data);
  if (tag === undefined)
    return new NativeUint8Array(dataViewBuffer(data as DataView), dataViewOffset(data as DataView) + from, count);
  const bytes = data as Uint8Array;
  if (tag === 'Uint8Array' && from === 0 && typedArrayBytes(bytes) === count) return bytes;
  return new NativeUint8Array(typedArrayBuffer(bytes), typedArrayOffset(bytes) + from, count);
}

let headScratch = new ArrayBuffer(0);
let headBytes = 0;

/** At most `chars` characters of a text. A copy: V8's substring would keep the whole text in memory. */
export function textHead(text: string, chars: number): string {
  if (text.length <= chars) return text;
  if (headBytes < 3 * chars) {
    headBytes = 3 * chars;
    headScratch = new NativeArrayBuffer(headBytes);
  }
  const { written } = encodeInto(encoder, substring(text, 0, chars), new NativeUint8Array(headScratch));
  return decode(decoder, new NativeUint8Array(headScratch, 0, written));
}
