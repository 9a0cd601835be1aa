import { describe, expect, it } from 'vitest';
import { writeHar } from '../../../src/core/session/har/write.ts';
import { onlyChannel } from '../../../src/core/session/only-channel.ts';
import { play } from '../../support/timeline.ts';

describe('one channel of a log', () => {
  it('is saved without the others', () => {
    const log = play('0ms GET /a 200 1\n10ms GET /b 200 2\n1000ms GET /a 200 3');
    const har = JSON.parse([...writeHar(onlyChannel(log, log.channels[0]!.id), '1')].join(''));
    expect(har.log.entries.map((entry: { request: { url: string } }) => new URL(entry.request.url).pathname)).toEqual([
      '/a',
      '/a',
    ]);
    expect(log.history.exchanges.all).toHaveLength(3);
  });
});
