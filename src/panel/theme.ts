import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { Settings } from './settings.ts';

/** Bumped whenever the colours may have changed: canvases read them anew. */
export const themeVersion = signal(0);

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** DevTools tells its own theme to its panels; an ordinary tab has the system's. */
function hostIsDark(): boolean {
  const { themeName } = browser.devtools?.panels ?? {};
  return themeName === undefined ? systemIsDark.matches : themeName === 'dark';
}

export function showTheme(wanted: Settings['theme']): void {
  const dark = wanted === 'auto' ? hostIsDark() : wanted === 'dark';
  document.documentElement.classList.toggle('dark', dark);
  themeVersion.value++;
}

/** Calls back when the theme of DevTools or of the system becomes another. */
export function onHostTheme(follow: () => void): void {
  systemIsDark.addEventListener('change', follow);
  const panels = browser.devtools?.panels as { setThemeChangeHandler?: (follow: () => void) => void } | undefined;
  panels?.setThemeChangeHandler?.(follow);
}
