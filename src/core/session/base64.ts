/** Of the HTML Standard; browsers and Node.js have it, ECMAScript's own types do not. */
declare const btoa: (text: string) => string;

const PIECE = 8192;

/** Bytes as base64 text. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += PIECE) text += String.fromCharCode(...bytes.subarray(i, i + PIECE));
  return btoa(text);
}
