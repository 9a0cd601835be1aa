import { signal } from '@preact/signals';
import { access } from '../../access.ts';
import type { Recorder } from '../../source/recorder.ts';
import type { Store } from '../../store.ts';
import { count, percent } from '../../words/numbers.ts';
import { plural, t } from '../../words/t.ts';
import { openDialog } from '../layout/dialogs.ts';
import { IconButton } from '../layout/IconButton.tsx';
import { opening } from '../session/open.ts';
import { BARRED } from './barred.ts';
import { deepNotice } from './deep-notice.ts';
import './states.css';

export interface Notice {
  name: string;
  text: string;
  isProblem?: boolean;
  action?: { label: string; run: () => void };
  dismiss?: () => void;
}

/** Seen and put away until the panel is opened anew. */
const dismissed = signal<ReadonlySet<string>>(new Set());

/** Whatever keeps the figures from being the whole truth stands above them. */
export function Notices({ store }: { store: Store }) {
  const notices = noticesOf(store).filter(({ name }) => !dismissed.value.has(name));
  return (
    <div class="notices">
      {notices.map(({ name, text, isProblem = false, action, dismiss }) => (
        <div
          key={name}
          class={`notice${isProblem ? ' notice--problem' : ''}`}
          data-notice={name}
          role={isProblem ? 'alert' : 'status'}
        >
          <span class="notice__text">{text}</span>
          {action !== undefined && (
            <button type="button" class="button" onClick={action.run}>
              {action.label}
            </button>
          )}
          {dismiss !== undefined && <IconButton icon="close" label={t('dismiss')} onClick={dismiss} />}
        </div>
      ))}
    </div>
  );
}

function noticesOf(store: Store): Notice[] {
  const { recorder } = store;
  const isLive = recorder !== null && store.opened.value === null;
  return [...fileNotices(store), ...(isLive ? liveNotices(store, recorder) : [])];
}

function fileNotices(store: Store): Notice[] {
  const notices: Notice[] = [];
  const file = opening.value;
  const forget = () => {
    opening.value = null;
  };
  if (file !== null && 'reason' in file)
    notices.push({
      name: 'import-failed',
      isProblem: true,
      text: t('import_failed', file.name, file.reason),
      dismiss: forget,
    });
  else if (file !== null) notices.push({ name: 'importing', text: t('importing', file.name, percent(file.share)) });
  const opened = store.opened.value;
  if (opened !== null) {
    const back = { label: t('opened_back'), run: () => store.open(null) };
    const text = t('opened_notice', opened.name);
    notices.push({ name: 'opened', text, ...(store.recorder === null ? {} : { action: back }) });
  }
  return notices;
}

function liveNotices(store: Store, recorder: Recorder): Notice[] {
  const notices: Notice[] = [];
  const { dropped, unhooked } = store.summary.value;
  const putAway = (name: string) => () => {
    dismissed.value = new Set([...dismissed.value, name]);
  };
  // Where nothing is shown at all, the empty view says it.
  if (access.value !== 'ok' && store.channels.value.length > 0) {
    const { text, action } = BARRED[access.value];
    const wordedAction = action === undefined ? {} : { action: { label: t(action.label), run: action.run } };
    notices.push({ name: access.value, isProblem: true, text: t(text), ...wordedAction });
  }
  if (store.paused.value)
    notices.push({
      name: 'paused',
      text: t('paused_notice'),
      action: { label: t('pause_end'), run: () => store.pause(false) },
    });
  if (dropped > 0) {
    const text = plural(dropped, { one: 'dropped_one', other: 'dropped_other' }, count(dropped));
    notices.push({ name: 'dropped', isProblem: true, text, dismiss: putAway('dropped') });
  }
  store.version.value;
  const deep = deepNotice(recorder, putAway);
  if (deep !== null) notices.push(deep);
  else if (unhooked > 0) {
    const text = plural(unhooked, { one: 'unhooked_one', other: 'unhooked_other' }, count(unhooked));
    const action = { label: t('deep_open'), run: () => openDialog('settings') };
    notices.push({ name: 'worker', text, action, dismiss: putAway('worker') });
  }
  return notices;
}
