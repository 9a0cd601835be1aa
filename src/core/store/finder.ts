import { BLOCK, rowsWith } from './block.ts';
import type { MessageStore } from './messages.ts';

/** Characters looked through in one call, so that whoever calls can look at the clock. */
const MAX_CHARS = 256_000;

/**
 * Finds messages that may say a literal, from the newest to the oldest, a block at a time: the newest before `before` that may;
 * null: none of the kept ones does. What it leaves out does not say it.
 */
export function createFinder(messages: MessageStore, pattern: RegExp): (before: number) => number | null {
  /** The block in hand: its first message, and those of it that may. */
  let from = Number.POSITIVE_INFINITY;
  let found: number[] = [];

  return (before) => {
    let end = before;
    for (let chars = 0; ; ) {
      if (end <= messages.first) return null;
      if (end <= from || end > from + BLOCK) {
        const held = messages.blockOf(end - 1);
        // Not joined yet, or enough for now.
        if (held === null || chars > MAX_CHARS) return end - 1;
        from = held.from;
        found = rowsWith(held.block, pattern).map((row) => from + row);
        chars += held.block.text.length;
      }
      while (found.length > 0 && found.at(-1)! >= end) found.pop();
      if (found.length > 0) return found.at(-1)!;
      end = from;
    }
  };
}
