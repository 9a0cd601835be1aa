import { useRef } from 'preact/hooks';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { IconButton } from '../layout/IconButton.tsx';
import { openInStore } from './open.ts';

/** Opens a session or HAR file. Dropping one on the panel does the same. */
export function OpenButton({ store }: { store: Store }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="open" class="toolbar__open" label={t('open')} onClick={() => input.current!.click()} />
      <input
        ref={input}
        type="file"
        class="toolbar__file"
        accept=".json,.har,application/json"
        tabIndex={-1}
        aria-label={t('open')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file may be chosen again.
          currentTarget.value = '';
          if (file !== undefined) void openInStore(store, file);
        }}
      />
    </>
  );
}
