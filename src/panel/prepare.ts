import { loadSettings, onSetting, settings } from './settings.ts';
import { onHostTheme, showTheme } from './theme.ts';
import './theme.css';
import { loadView } from './views/layout/views.tsx';
import { speak } from './words/t.ts';

/** What the panel and the viewer need before they show anything: settings, language, theme, the chosen view; and to follow these from then on. */
export async function prepare(): Promise<void> {
  await loadSettings();
  await Promise.all([speak(settings.value.language), loadView(settings.value.tab)]);
  onSetting('language', speak);
  onSetting('theme', showTheme);
  onHostTheme(() => showTheme(settings.value.theme));
}
