/** What one message says; null where nothing of it was recorded. */
export type Content = string | Uint8Array | null;

/** Messages of one block; a segment is made of whole ones. */
export const BLOCK = 256;
/** Longer texts stay by themselves: to copy them costs more than it saves. */
const MAX_CHARS = 4096;

/**
 * What neighbouring messages say, their texts in one: it takes no object for each, and an engine finds a word in one long text
 * ten times as fast as in many.
 */
export interface Block {
  text: string;
  /** Where each row's text begins, and, one beyond, where the last ends. */
  starts: Uint32Array;
  /** What is not in it, by row. */
  others: Content[] | null;
}

const LOOK = /^/;

export function joinRows(contents: readonly Content[]): Block {
  const parts: string[] = [];
  const block: Block = { text: '', starts: new Uint32Array(BLOCK + 1), others: null };
  let end = 0;
  for (let row = 0; row < BLOCK; row++) {
    block.starts[row] = end;
    const content = contents[row]!;
    if (typeof content !== 'string' || content.length > MAX_CHARS) setRow(block, row, content);
    else {
      parts.push(content);
      end += content.length;
    }
  }
  block.starts[BLOCK] = end;
  block.text = ''.concat(...parts);
  // An engine puts the parts together only when somebody looks, and until then keeps them all.
  LOOK.test(block.text);
  return block;
}

export function contentOf({ text, starts, others }: Block, row: number): Content {
  const other = others?.[row];
  return other === undefined ? text.slice(starts[row], starts[row + 1]) : other;
}

/** For content that is no text, or came later than its message. */
export function setRow(block: Block, row: number, content: Content): void {
  block.others ??= [];
  block.others[row] = content;
}

/** Where a word is common, looking at each row by itself costs less. */
const MANY = BLOCK / 4;

/**
 * Rows in which a word may be found, in their order: all in which it is, those that must be looked at by themselves, some
 * where the end of one text and the beginning of the next make it up, and where it is common just all. `word`: a global pattern that finds one text only,
 * whatever its case.
 */
export function rowsWith({ text, starts, others }: Block, word: RegExp): number[] {
  const rows: number[] = [];
  let row = 0;
  const goTo = (end: number): void => {
    for (; row < end; row++) if (others?.[row]) rows.push(row);
  };
  word.lastIndex = 0;
  while (word.test(text)) {
    let found = row;
    while (starts[found + 1]! < word.lastIndex) found++;
    goTo(found);
    rows.push(found);
    row = found + 1;
    if (rows.length === MANY) break;
    // All words of one length: one that begins earlier ends earlier, so none of this row or before it is missed.
    word.lastIndex = starts[row]!;
  }
  if (rows.length < MANY) goTo(BLOCK);
  for (; row < BLOCK; row++) rows.push(row);
  return rows;
}
