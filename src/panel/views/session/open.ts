import { signal } from '@preact/signals';
import { FileError } from '../../../core/session/file-error.ts';
import type { Log } from '../../../core/state.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { announce } from '../layout/Announcer.tsx';

/** What became of the file that was opened last: being read, or why it could not be. */
export type Opening = { name: string; share: number } | { name: string; reason: string };
export const opening = signal<Opening | null>(null);

/** The log in a file; `onProgress`: the share that is read. What reads files is fetched with the first one. */
export async function readLog(file: File, onProgress: (share: number) => void): Promise<Log> {
  const { readLogFile } = await import('./read-file.ts');
  return readLogFile(file, onProgress);
}

/** Shows a file in place of the recording, which goes on meanwhile. A file that cannot be read leaves everything as it was. */
export async function openInStore(store: Store, file: File): Promise<void> {
  const { name } = file;
  opening.value = { name, share: 0 };
  try {
    const log = await readLog(file, (share) => {
      opening.value = { name, share };
    });
    store.open({ name, log });
    opening.value = null;
    announce(t('opened', name));
  } catch (error) {
    if (!(error instanceof FileError)) console.error(error);
    opening.value = { name, reason: error instanceof Error ? error.message : String(error) };
  }
}
