import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { openInStore } from './open.ts';
import './drop-zone.css';

/** Takes a file that is dropped anywhere on the panel. */
export function DropZone({ store }: { store: Store }) {
  const isOver = useSignal(false);
  useEffect(() => {
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onOver = (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      isOver.value = true;
    };
    const onLeave = (event: DragEvent) => {
      // Leaving for another element of the page is no leaving.
      if (event.relatedTarget === null) isOver.value = false;
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      isOver.value = false;
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void openInStore(store, file);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, [store]);
  return isOver.value ? <div class="drop-zone">{t('drop')}</div> : null;
}
