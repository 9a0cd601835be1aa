import { describe, expect, it } from 'vitest';
import { BLOCK } from '../../../src/core/store/block.ts';
import { createFinder } from '../../../src/core/store/finder.ts';
import { createMessageStore, type MessageStore } from '../../../src/core/store/messages.ts';
import { createRandom } from '../../../test-server/random.ts';
import { say } from '../../support/message.ts';

/** All that the finder leads to, newest first. */
function led(messages: MessageStore, pattern: RegExp): number[] {
  const find = createFinder(messages, pattern);
  const seqs: number[] = [];
  for (let seq = find(messages.next); seq !== null; seq = find(seq)) seqs.push(seq);
  return seqs;
}

const says = (content: string | Uint8Array | null, word: RegExp): boolean =>
  typeof content === 'string' && content.search(word) >= 0;

describe('a finder', () => {
  it('leaves out no message that says the word, and of whole blocks all that do not', () => {
    const random = createRandom(7);
    const messages = createMessageStore();
    const contents = Array.from({ length: 20 * BLOCK + 31 }, (_, i) => {
      const filler = 'häy '.repeat(Math.floor(random() * 12));
      const kind = random();
      if (kind < 0.02) return null;
      if (kind < 0.04) return new TextEncoder().encode('needle in bytes');
      if (kind < 0.05) return `${'long '.repeat(2000)}${kind < 0.045 ? 'needle' : ''}`;
      return `${filler}${kind < 0.07 ? 'NeeDle' : 'need'} ${i} 안녕`.slice(0, kind > 0.9 ? 0 : undefined);
    });
    for (const content of contents) say(messages, content);
    const seqs = led(messages, /needle/gi);
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
    const expected = contents.flatMap((content, i) => (says(content, /needle/i) ? [i] : []));
    expect(expected.length).toBeGreaterThan(50);
    expect(seqs).toEqual(expect.arrayContaining(expected));
    const needless = seqs.filter((seq) => typeof contents[seq] === 'string' && !says(contents[seq]!, /needle/i));
    const isLong = (seq: number) => contents[seq]!.length > 4096;
    // Besides those that are not joined: the unfinished block, and where a call paused to let others look at the clock.
    expect(needless.filter((seq) => seq < 20 * BLOCK && !isLong(seq)).length).toBeLessThan(10);
  });

  it('keeps what messages say', () => {
    const messages = createMessageStore();
    const contents = Array.from({ length: 3 * BLOCK }, (_, i) =>
      i % 5 === 0 ? '' : `text ${'x'.repeat(i % 40)} ${i} ☃`,
    );
    for (const content of contents) say(messages, content);
    expect(contents.map((_, seq) => messages.get(seq)!.content)).toEqual(contents);
  });

  it('leads to a message once, however often it says the word', () => {
    const messages = createMessageStore();
    for (let i = 0; i < BLOCK; i++) say(messages, i % 8 === 0 ? 'dle dle dle' : 'hay');
    expect(led(messages, /dle/gi)).toHaveLength(BLOCK / 8);
  });

  it('leads to content that came later, and stops at what was dropped', () => {
    const messages = createMessageStore({ messages: 10 * BLOCK * 16, content: Number.POSITIVE_INFINITY });
    for (let i = 0; i < BLOCK; i++) say(messages, null);
    messages.setContent(5, new TextEncoder().encode('needle'));
    expect(led(messages, /needle/gi)).toEqual([5]);
    messages.limits = { messages: BLOCK, content: Number.POSITIVE_INFINITY };
    for (let i = 0; i < 40 * BLOCK; i++) say(messages, 'needle');
    expect(messages.first).toBeGreaterThan(5);
    expect(led(messages, /needle/gi).at(-1)).toBe(messages.first);
  });
});
