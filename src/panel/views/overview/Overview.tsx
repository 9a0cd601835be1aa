import type { Store } from '../../store.ts';
import { ChannelTable } from './ChannelTable.tsx';

/** What the page does, at a glance: its channels. */
export function Overview({ store }: { store: Store }) {
  return <ChannelTable store={store} />;
}
