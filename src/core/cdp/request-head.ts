import type { Header } from '../model.ts';
import { utf8Bytes } from '../utf8.ts';

const [SPACE, CRLF, SEPARATOR] = [' ', '\r\n', ': '].map(({ length }) => length) as [number, number, number];
const VERSION = 'HTTP/1.1';

/** Bytes of a request head as HTTP/1.1 writes it (RFC 9112 §3): request line, fields, empty line. */
export function requestHeadBytes(method: string, url: string, headers: readonly Header[]): number {
  const target = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? url;
  const line =
    method.length + SPACE + (target.startsWith('/') ? target : `/${target}`).length + SPACE + VERSION.length + CRLF;
  return headers.reduce((sum, [name, value]) => sum + name.length + SEPARATOR + utf8Bytes(value) + CRLF, line + CRLF);
}
