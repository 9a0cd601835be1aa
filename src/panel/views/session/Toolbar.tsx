import { useEffect } from 'preact/hooks';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import './toolbar.css';

/** Record, clear, preserve log: where DevTools' users look for them, and under the same keys. */
export function Toolbar({ store }: { store: Store }) {
  const { recorder, version } = store;
  version.value;
  if (recorder === null) return null;
  const { recording } = recorder;
  const clear = () => {
    store.select(null);
    recorder.clear();
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement && event.target.type === 'text';
      if (typing) return;
      const command = event.ctrlKey || event.metaKey;
      if (command && event.key === 'e') recorder.record(!recorder.recording);
      else if ((event.ctrlKey && event.key === 'l') || (event.metaKey && event.key === 'k')) clear();
      else if (event.key === 'Escape' && store.selectedId.value !== null) store.select(null);
      else return;
      event.preventDefault();
      // DevTools' own Escape opens its drawer.
      event.stopPropagation();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  return (
    <div class="toolbar" role="toolbar" aria-label={t('toolbar')}>
      <button
        type="button"
        class="toolbar__record"
        aria-pressed={recording}
        title={t(recording ? 'record_stop' : 'record_start')}
        aria-label={t(recording ? 'record_stop' : 'record_start')}
        onClick={() => recorder.record(!recording)}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          {recording ? (
            <rect x="2.5" y="2.5" width="9" height="9" rx="1.5" fill="currentColor" />
          ) : (
            <circle cx="7" cy="7" r="5" fill="currentColor" />
          )}
        </svg>
      </button>
      <button type="button" title={t('clear')} aria-label={t('clear')} onClick={clear}>
        <svg
          width="14"
          height="14"
          viewBox="0 0 14 14"
          fill="none"
          stroke="currentColor"
          stroke-width="1.4"
          aria-hidden="true"
        >
          <circle cx="7" cy="7" r="5.3" />
          <path d="M3.3 3.3l7.4 7.4" />
        </svg>
      </button>
      <span class="toolbar__divider" />
      <label title={t('preserveLog_title')}>
        <input
          type="checkbox"
          checked={recorder.preserveLog}
          onChange={(event) => {
            recorder.preserveLog = event.currentTarget.checked;
          }}
        />
        {t('preserveLog')}
      </label>
    </div>
  );
}
