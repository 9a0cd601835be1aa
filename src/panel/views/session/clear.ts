import type { Store } from '../../store.ts';

/** Empties what is recorded; the filter stays. */
export function clearStore(store: Store): void {
  store.select(null);
  store.recorder?.clear();
}
