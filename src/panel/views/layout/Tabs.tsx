import type { ComponentChildren } from 'preact';
import { changeSettings } from '../../settings.ts';
import { t } from '../../words/t.ts';
import type { ViewEntry } from './views.tsx';
import './tabs.css';

/** The tabs as ARIA knows them: one in the tab order, arrow keys move between them. */
export function TabBar({ views, shown }: { views: readonly ViewEntry[]; shown: ViewEntry }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const at = views.indexOf(shown);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: views.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = views[(to + views.length) % views.length]!;
    changeSettings({ tab: next.tab });
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#tab-${next.tab}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('tabs')} onKeyDown={onKeyDown}>
      {views.map(({ tab, title }) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`tab-${tab}`}
          aria-controls="view"
          aria-selected={tab === shown.tab}
          tabIndex={tab === shown.tab ? 0 : -1}
          onClick={() => changeSettings({ tab })}
        >
          {t(title)}
        </button>
      ))}
    </div>
  );
}

export function TabPanel({ view, children }: { view: ViewEntry; children: ComponentChildren }) {
  return (
    <div class="view" role="tabpanel" id="view" aria-labelledby={`tab-${view.tab}`}>
      {children}
    </div>
  );
}
