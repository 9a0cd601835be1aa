/** The parts of the Encoding and HTML Standards that are needed; browsers and Node.js have it, ECMAScript's own types do not. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const atob: (text: string) => string;

const decoder = new TextDecoder();
const encoder = new TextEncoder();
/** Up to this length reading character by character beats calling the decoder. */
const SHORT_BYTES = 32;

/** Text of UTF-8 bytes; what is not UTF-8 becomes U+FFFD. */
export function utf8(bytes: Uint8Array): string {
  if (bytes.length > SHORT_BYTES) return decoder.decode(bytes);
  let text = '';
  for (const byte of bytes) {
    if (byte > 127) return decoder.decode(bytes);
    text += String.fromCharCode(byte);
  }
  return text;
}

/** The bytes of base64 text; null when it is none. */
export function base64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The bytes of a payload, text as UTF-8. */
export const bytesOfPayload = (payload: string | Uint8Array): Uint8Array =>
  typeof payload === 'string' ? encoder.encode(payload) : payload;

/** The text of a payload, whichever way it came, up to `limit` characters or bytes. */
export const textOfPayload = (payload: string | Uint8Array, limit: number): string =>
  typeof payload === 'string' ? payload.slice(0, limit) : utf8(payload.subarray(0, limit));

/** Reads on behind the end are answered with 0 or nothing and clear `ok`. Numbers are big-endian. */
export class ByteReader {
  ok = true;

  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
  ) {}

  get left(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    if (this.at < this.bytes.length) return this.bytes[this.at++]!;
    this.ok = false;
    return 0;
  }

  u16(): number {
    return this.u8() * 256 + this.u8();
  }

  u32(): number {
    return this.u16() * 65_536 + this.u16();
  }

  /** Seven bits a byte, least significant first (MQTT, SignalR, lib0); at most eight bytes, what a double holds. */
  varUint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    this.ok = false;
    return 0;
  }

  take(length: number): Uint8Array {
    if (length > this.left) {
      this.ok = false;
      length = this.left;
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text(length: number): string {
    return utf8(this.take(length));
  }
}
