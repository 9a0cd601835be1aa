import { useEffect, useMemo } from 'preact/hooks';
import type { Store } from '../../store.ts';
import { createMessagesView, MessagesProvider } from './context.ts';
import { ItemDetail } from './detail/ItemDetail.tsx';
import { ListStatus } from './ListStatus.tsx';
import { Rows } from './list/Rows.tsx';
import { Pins } from './Pins.tsx';
import { Tools } from './Tools.tsx';
import './messages.css';

/** Messages and requests of one channel, or (null) of all that are shown, with the selected one's content beside them. */
export function MessagesView({ store, channelId }: { store: Store; channelId: number | null }) {
  const view = useMemo(() => createMessagesView(store, channelId), [store, channelId]);
  useEffect(() => () => view.dispose(), [view]);
  return (
    <MessagesProvider value={view}>
      <div class="messages">
        <Tools />
        <div class={`messages__main${view.selected.value === null ? '' : ' messages__main--split'}`}>
          <div class="messages__list">
            <Pins />
            <div class="messages__rows">
              <Rows />
              <ListStatus />
            </div>
          </div>
          {view.selected.value !== null && <ItemDetail item={view.selected.value} />}
        </div>
      </div>
    </MessagesProvider>
  );
}

/** The tab of the panel: the messages of the selected channel, or of all. */
export function MessagesTab({ store }: { store: Store }) {
  const id = store.selectedId.value;
  return <MessagesView key={id} store={store} channelId={id} />;
}
