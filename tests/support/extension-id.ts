import { createHash } from 'node:crypto';
import { EXTENSION } from './built-extension.ts';

/** Chromium derives the id of an unpacked extension from its path. */
export const EXTENSION_ID = createHash('sha256')
  .update(EXTENSION)
  .digest('hex')
  .slice(0, 32)
  .replace(/./g, (hex) => 'abcdefghijklmnop'[Number.parseInt(hex, 16)]!);
