import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';

/** The switch of deep capture, what it does, and why it may not be had. It holds for this tab, until DevTools closes. */
export function DeepSection({ store }: { store: Store }) {
  const { recorder } = store;
  store.version.value;
  if (recorder === null) return null;
  const { deep, recording } = recorder;
  const isAvailable = deep !== 'unavailable';
  return (
    <fieldset class="settings__section" data-deep={deep}>
      <legend>{t('deep')}</legend>
      <label class="settings__row">
        <span>{t('deep_switch')}</span>
        <input
          type="checkbox"
          name="deep"
          checked={deep === 'on'}
          disabled={!isAvailable || !recording}
          aria-describedby="deep-help"
          onChange={(event) => recorder.captureDeep(event.currentTarget.checked)}
        />
      </label>
      <p id="deep-help" class="settings__help muted">
        {t('deep_help')} {!isAvailable && <strong>{t('deep_unavailable')}</strong>}
      </p>
    </fieldset>
  );
}
