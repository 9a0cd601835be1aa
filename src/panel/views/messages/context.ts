import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { textOfPayload } from '../../../core/protocols/wire/bytes.ts';
import type { Row } from '../../../core/rows/row-list.ts';
import type { Store } from '../../store.ts';
import { shortPath } from '../../words/channel.ts';
import { createFind, type Find } from './find.ts';
import { type Item, itemOf, payloadOf } from './item.ts';
import { createScrolling, type Scrolling } from './list/scrolling.ts';
import { createMessageList, type MessageList } from './list-state.ts';

/** One message view: its rows, where it is scrolled to, and what is selected in it. */
export interface MessagesView {
  /** Unlike that of any other view in the document. */
  readonly id: string;
  /** Id of the selected row's element. */
  readonly selectedId: string;
  readonly store: Store;
  readonly list: MessageList;
  readonly scrolling: Scrolling;
  readonly find: Find;
  /** Rows of several channels are shown, and say of which they are. */
  readonly showsChannel: boolean;
  readonly selected: Signal<Item | null>;
  /** With what the selected row is compared. */
  readonly base: Signal<Item | null>;
  readonly pins: Signal<readonly Item[]>;
  /** Rises when rows may look different without being others. */
  readonly look: ReadonlySignal<number>;
  /** Characters of content that fit in a row. */
  readonly previewChars: number;
  channelName(id: number): string;
  /** `asOther`: what was selected so far becomes what it is compared with. */
  select(row: Row | null, asOther?: boolean): void;
  selectAt(index: number): void;
  /** -1: nothing is selected, or it is not listed. */
  selectedIndex(): number;
  /** Pins the selected row, or takes the pin out. */
  pin(): void;
  markBase(): void;
  focusDetail(): void;
  textOfSelected(): string | null;
  dispose(): void;
}

const MAX_COPY_BYTES = 10_000_000;
/** Width of a narrow character in a row's content. */
const CHAR_PX = 5;
const MAX_PREVIEW_CHARS = 400;
let views = 0;
let looks = 0;

export function createMessagesView(store: Store, channelId: number | null): MessagesView {
  const id = `messages-${++views}`;
  const list = createMessageList(store, channelId);
  const scrolling = createScrolling(list);
  const find = createFind(list, (index) => view.selectAt(index));
  const selected = signal<Item | null>(null);
  const base = signal<Item | null>(null);
  const pins = signal<readonly Item[]>([]);
  /** Position at which the selected row was last. */
  let place = 0;

  const view: MessagesView = {
    id,
    selectedId: `${id}-selected`,
    store,
    list,
    scrolling,
    find,
    showsChannel: channelId === null,
    selected,
    base,
    pins,
    look: computed(() => {
      selected.value;
      base.value;
      pins.value;
      find.pattern.value;
      return ++looks;
    }),
    get previewChars() {
      return Math.min(Math.ceil(scrolling.widthPx / CHAR_PX), MAX_PREVIEW_CHARS);
    },
    channelName(channelId) {
      const channel = list.channel(channelId);
      if (channel === undefined) return '';
      return shortPath({ urlTemplate: channel.url.split('?', 1)[0]!, operation: channel.operation });
    },
    select(row, asOther = false) {
      if (asOther && selected.value !== null && selected.value.row !== row) base.value = selected.value;
      const item = row === null ? null : itemOf(list, row);
      selected.value = item;
      if (row !== null) place = list.rows.start + list.rows.indexOf(row);
    },
    selectAt(index) {
      const row = list.rows.at(index);
      if (row === undefined) return;
      selected.value = itemOf(list, row);
      place = list.rows.start + index;
      scrolling.reveal(index);
    },
    selectedIndex() {
      if (selected.value === null) return -1;
      const index = list.rows.indexOf(selected.value.row, place - list.rows.start);
      if (index >= 0) place = list.rows.start + index;
      return index;
    },
    pin() {
      const item = selected.value;
      if (item === null) return;
      const others = pins.value.filter(({ row }) => row !== item.row);
      pins.value = others.length < pins.value.length ? others : [...others, item];
    },
    markBase() {
      base.value = base.value?.row === selected.value?.row ? null : selected.value;
    },
    focusDetail() {
      document.querySelector<HTMLElement>(`#${id}-detail [role="tab"][aria-selected="true"]`)?.focus();
    },
    textOfSelected() {
      const payload = selected.value === null ? null : payloadOf(selected.value);
      return payload === null ? null : textOfPayload(payload, MAX_COPY_BYTES);
    },
    dispose() {
      view.find.stop();
      list.dispose();
    },
  };
  return view;
}

const Context = createContext<MessagesView | null>(null);
export const MessagesProvider = Context.Provider;
/** The view around a component; there always is one. */
export const useMessages = (): MessagesView => useContext(Context)!;
