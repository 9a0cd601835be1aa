import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
/** The unpacked extension for Chromium. */
export const EXTENSION = join(ROOT, 'dist/chrome');
/** The same with deep capture, for which the browser has to be asked at installation. */
export const DEEP_EXTENSION = join(ROOT, 'dist/chrome-deep');
/** Browsers that Playwright installed for this project alone. */
export const DOWNLOADS = join(ROOT, '.cache/browsers');
