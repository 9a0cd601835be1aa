import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
/** The unpacked extension for Chromium. */
export const EXTENSION = join(ROOT, 'dist/chrome');
/** Browsers that Playwright installed for this project alone. */
export const DOWNLOADS = join(ROOT, '.cache/browsers');
