import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type TextTest, textTest } from '../../../core/filter/text-test.ts';
import { textOfPayload } from '../../../core/protocols/wire/bytes.ts';
import type { Row } from '../../../core/rows/row-list.ts';
import { createPump } from '../../pump.ts';
import { itemOf, payloadOf } from './item.ts';
import type { MessageList } from './list-state.ts';

/** Seeking through the rows of a list, one match after another. */
export interface Find {
  readonly text: Signal<string>;
  readonly isRegex: Signal<boolean>;
  /** What is sought, to be highlighted; null: nothing. */
  readonly pattern: ReadonlySignal<RegExp | null>;
  /** It is no expression that can be used, and is sought as text. */
  readonly isBad: ReadonlySignal<boolean>;
  readonly state: ReadonlySignal<'idle' | 'seeking' | 'found' | 'none'>;
  /** Goes to the next match below (or above) `fromIndex`, around the end if need be. */
  seek(fromIndex: number, step: 1 | -1): void;
  stop(): void;
}

export function createFind(list: MessageList, onFound: (index: number) => void): Find {
  const text = signal('');
  const isRegex = signal(false);
  const state = signal<'idle' | 'seeking' | 'found' | 'none'>('idle');
  const sought = computed<TextTest | null>(() => {
    if (text.value === '') return null;
    const { value: source } = text;
    return textTest(isRegex.value ? { kind: 'regex', source, flags: '', raw: source } : { kind: 'text', text: source });
  });
  /** Position of the row to look at next, and how many are left to look at. */
  let at = 0;
  let left = 0;
  let step = 1;

  const pump = createPump((isDue) => {
    const test = sought.peek();
    const { rows } = list;
    for (let n = 1; left > 0 && test !== null; n++, left--) {
      const index = (((at - rows.start) % rows.length) + rows.length) % rows.length;
      at = rows.start + index + step;
      if (matches(rows.at(index), test)) {
        left = 0;
        state.value = 'found';
        onFound(index);
        return false;
      }
      if (n % 64 === 0 && isDue()) return true;
    }
    state.value = 'none';
    return false;
  });

  function matches(row: Row | undefined, test: TextTest): boolean {
    const item = row === undefined ? null : itemOf(list, row);
    if (item === null) return false;
    const payload = payloadOf(item);
    if (payload !== null && test.test(textOfPayload(payload, test.maxChars))) return true;
    if (item.message !== null) return test.test(item.message.type);
    const { url, requestText } = item.exchange;
    return test.test(url) || (requestText !== null && test.test(requestText));
  }

  return {
    text,
    isRegex,
    pattern: computed(() => sought.value?.all ?? null),
    isBad: computed(() => sought.value?.problem != null),
    state,
    seek(fromIndex, direction) {
      pump.stop();
      step = direction;
      at = list.rows.start + fromIndex + direction;
      left = sought.peek() === null ? 0 : list.rows.length;
      state.value = left === 0 ? 'idle' : 'seeking';
      if (left > 0) pump.start();
    },
    stop() {
      pump.stop();
      state.value = 'idle';
    },
  };
}
