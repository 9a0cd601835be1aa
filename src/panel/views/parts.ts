import { closeDialog } from './layout/dialogs.ts';
import { later } from './layout/later.tsx';
import { loadView, VIEWS } from './layout/views.tsx';

/** What stands beside and above the views. A dialog that cannot be fetched is closed: an open one takes the keys. */
export const ChannelDetail = later(async () => (await import('./detail/ChannelDetail.tsx')).ChannelDetail);
export const SaveDialog = later(async () => (await import('./session/SaveDialog.tsx')).SaveDialog, closeDialog);
export const SettingsDialog = later(
  async () => (await import('./settings/SettingsDialog.tsx')).SettingsDialog,
  closeDialog,
);
export const GuideDialog = later(async () => (await import('./advice/Guide.tsx')).GuideDialog, closeDialog);

const LATER = [ChannelDetail, SettingsDialog, SaveDialog, GuideDialog];

/**
 * Once somebody uses the panel, fetches what is not on screen yet, one part an idle moment: what is then opened is there at once.
 * Before that it would be work for nobody. Returns how to stop waiting.
 */
export function fetchOnUse(): () => void {
  const waiting = new AbortController();
  const begin = () => {
    waiting.abort();
    void fetchAll();
  };
  for (const use of ['pointermove', 'keydown'])
    document.addEventListener(use, begin, { signal: waiting.signal, capture: true });
  return () => waiting.abort();
}

async function fetchAll(): Promise<void> {
  for (const load of [
    ...VIEWS.map(
      ({ tab }) =>
        () =>
          loadView(tab),
    ),
    ...LATER.map((part) => part.load),
  ]) {
    await new Promise((idle) => requestIdleCallback(idle));
    await load();
  }
}
