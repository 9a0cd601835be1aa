import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { onlyChannel } from '../../../core/session/only-channel.ts';
import { describeRemovals } from '../../../core/session/redact/describe.ts';
import type { Removal } from '../../../core/session/redact/redactor.ts';
import { downloadText } from '../../download.ts';
import type { Store } from '../../store.ts';
import { count } from '../../words/numbers.ts';
import { removalText } from '../../words/removals.ts';
import { plural, t } from '../../words/t.ts';
import { announce } from '../layout/Announcer.tsx';
import { Dialog } from '../layout/Dialog.tsx';
import { closeDialog, dialogChannelId } from '../layout/dialogs.ts';
import { type FileFormat, FORMATS } from './formats.ts';
import './save-dialog.css';

/** Saves what is on screen; without cookies, credentials and tokens, unless somebody wants them and says so. */
export function SaveDialog({ store }: { store: Store }) {
  const channelId = dialogChannelId.value;
  // One channel is saved for another tool to look at.
  const formatId = useSignal<FileFormat['id']>(channelId === null ? 'session' : 'har');
  const raw = useSignal(false);
  const busy = useSignal(false);
  const log = useMemo(
    () => (channelId === null ? store.log : onlyChannel(store.log, channelId)),
    [store.log, channelId],
  );
  const removals = useMemo(() => describeRemovals(log), [log]);
  const format = FORMATS.find(({ id }) => id === formatId.value)!;

  const save = async () => {
    busy.value = true;
    const pieces = format.write(log, browser.runtime.getManifest().version, { raw: raw.value });
    await downloadText(pieces, fileName(log.startedAt, format.ending), format.mediaType);
    announce(t('saved'));
    closeDialog();
  };

  return (
    <Dialog title={t(channelId === null ? 'save' : 'save_channel')}>
      <div class="dialog__content save">
        <fieldset>
          <legend>{t('save_format')}</legend>
          {FORMATS.map(({ id, name, about }) => (
            <label key={id} class="save__format">
              <input
                type="radio"
                name="format"
                value={id}
                checked={id === formatId.value}
                onChange={() => {
                  formatId.value = id;
                }}
              />
              <span>
                {t(name)}
                <small class="muted">{t(about)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t('save_secrets')}</legend>
          <Removals removals={removals} raw={raw.value} />
          <label class="save__raw">
            <input
              type="checkbox"
              checked={raw.value}
              onChange={(event) => {
                raw.value = event.currentTarget.checked;
              }}
            />
            {t('save_raw')}
          </label>
          {raw.value && <p class="save__warning">{t('save_raw_warning')}</p>}
        </fieldset>
      </div>
      <footer>
        <button type="button" class="button" onClick={closeDialog}>
          {t('cancel')}
        </button>
        <button type="button" class="button button--primary" disabled={busy.value} onClick={() => void save()}>
          {t(raw.value ? 'save_withSecrets' : 'save_now')}
        </button>
      </footer>
    </Dialog>
  );
}

/** What an export leaves out, before it is made. */
function Removals({ removals, raw }: { removals: readonly Removal[]; raw: boolean }) {
  const all = removals.reduce((sum, removal) => sum + removal.count, 0);
  if (all === 0) return <p>{t('save_noSecrets')}</p>;
  return (
    <>
      <p>{plural(all, { one: 'save_removes_one', other: 'save_removes_other' }, count(all))}</p>
      <ul class={raw ? 'save__removals save__removals--kept' : 'save__removals'}>
        {removals.map((removal) => (
          <li key={`${removal.kind} ${removal.where}`}>
            <span>{removalText(removal)}</span>
            <span class="number">{count(removal.count)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Sorts by time, and holds nothing that a file system refuses. */
function fileName(startedAt: number, ending: string): string {
  const when = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  return `transport-lens-${when}${ending}`;
}
