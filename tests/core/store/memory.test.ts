import { describe, expect, it } from 'vitest';
import { createExchangeStore } from '../../../src/core/store/exchanges.ts';
import { EXCHANGE_BYTES, MESSAGE_BYTES, memoryOf } from '../../../src/core/store/memory.ts';
import { createMessageStore } from '../../../src/core/store/messages.ts';
import { say } from '../../support/message.ts';
import { play } from '../../support/timeline.ts';

const EXCHANGES = createExchangeStore({ exchanges: 10, bodies: 1000 });

describe('the memory of a recording', () => {
  it('is what messages say, in characters and bytes, and their records', () => {
    const messages = createMessageStore();
    say(messages, 'twelve chars');
    say(messages, new Uint8Array(30));
    say(messages, null);
    expect(memoryOf({ messages, exchanges: EXCHANGES })).toMatchObject({
      contentBytes: 42,
      bytes: 42 + 3 * MESSAGE_BYTES,
    });
  });

  it('is what requests ask and are answered, and their records', () => {
    const { history } = play('0ms GET /a 200 {"n":1}\n10ms GET /b 200 [22]');
    const { contentBytes, bytes } = memoryOf(history);
    expect(contentBytes).toBe('{"n":1}[22]'.length);
    expect(bytes).toBe(contentBytes + 2 * EXCHANGE_BYTES);
  });

  it('stays within its limit, because the oldest goes', () => {
    const messages = createMessageStore({ messages: 10_000, content: 50_000 });
    const { limitBytes } = memoryOf({ messages, exchanges: EXCHANGES });
    expect(limitBytes).toBe(10_000 * MESSAGE_BYTES + 50_000 + 10 * EXCHANGE_BYTES + 1000);
    let most = 0;
    for (let i = 0; i < 200; i++) {
      for (let i = 0; i < 200; i++) say(messages, 'ten chars.');
      most = Math.max(most, memoryOf({ messages, exchanges: EXCHANGES }).bytes);
    }
    expect(messages.first).toBeGreaterThan(0);
    expect(most).toBeGreaterThan(50_000);
    expect(most).toBeLessThanOrEqual(limitBytes!);
  });

  it('has no limit where everything is kept', () => {
    const messages = createMessageStore({ messages: Infinity, content: Infinity });
    expect(memoryOf({ messages, exchanges: EXCHANGES }).limitBytes).toBeNull();
  });
});
