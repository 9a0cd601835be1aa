import { access } from '../../access.ts';
import type { Store } from '../../store.ts';
import { type MessageKey, t } from '../../words/t.ts';
import { BARRED, reload } from './barred.ts';
import './states.css';

interface Face {
  name: string;
  title: MessageKey;
  text: MessageKey;
  action?: { label: MessageKey; run: () => void };
}

/** An empty view says why it is empty, and what to do about it. */
export function Nothing({ store }: { store: Store }) {
  const { name, title, text, action } = faceOf(store);
  return (
    <div class="nothing" role="status" data-face={name}>
      <h2>{t(title)}</h2>
      <p>{t(text)}</p>
      {action !== undefined && (
        <button type="button" class="button button--primary" onClick={action.run}>
          {t(action.label)}
        </button>
      )}
    </div>
  );
}

function faceOf(store: Store): Face {
  const { recorder, log } = store;
  store.version.value;
  if (log.channels.length > 0) return hiddenFace(store);
  if (store.opened.value !== null) return { name: 'file', title: 'file_title', text: 'file_text' };
  if (recorder === null) return { name: 'viewer', title: 'viewer_title', text: 'viewer_text' };
  if (access.value !== 'ok') return { name: access.value, ...BARRED[access.value] };
  if (recorder.recording) return { name: 'waiting', title: 'empty_title', text: 'empty_text', action: reload };
  const record = { label: 'record_start', run: () => recorder.record(true) } as const;
  return { name: 'off', title: 'empty_notRecording', text: 'off_text', action: record };
}

/** There are channels, but none is shown. */
function hiddenFace(store: Store): Face {
  const run = () => {
    store.filterText.value = '';
    store.range.value = null;
    store.showHidden();
  };
  return { name: 'filtered', title: 'filtered_title', text: 'filtered_text', action: { label: 'filtered_clear', run } };
}
