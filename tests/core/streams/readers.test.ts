import { describe, expect, it } from 'vitest';
import type { StreamMessage } from '../../../src/core/streams/message.ts';
import { createStreamReader } from '../../../src/core/streams/reader.ts';

function read(contentType: string | null, ...pieces: string[]): StreamMessage[] {
  const messages: StreamMessage[] = [];
  const reader = createStreamReader(contentType, (message) => messages.push(message));
  for (const piece of pieces) reader.feed(piece);
  return messages;
}
const texts = (contentType: string | null, ...pieces: string[]) => read(contentType, ...pieces).map(({ text }) => text);
/** The same text in pieces of one to a few characters. */
const chopped = (text: string, size: number) => text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g'))!;

describe('an event stream read in pieces', () => {
  const stream = '\uFEFF: hello\nid: 1\nevent: tick\ndata: a\ndata: b\n\ndata: c\r\n\r\nid: 2\rdata: d\r\r\n';
  it.each([1, 2, 3, 7, 1000])('brings its events, cut every %i characters', (size) => {
    expect(read('text/event-stream; charset=utf-8', ...chopped(stream, size))).toEqual([
      { type: 'tick', text: 'a\nb', lastEventId: '1' },
      { type: 'message', text: 'c', lastEventId: '1' },
      { type: 'message', text: 'd', lastEventId: '2' },
    ]);
  });
  it('brings nothing for comments and half an event', () => {
    expect(read('text/event-stream', ': keep-alive\n\n', 'data: no end\n')).toEqual([]);
  });
});

describe('lines, records and parts', () => {
  it('are messages once they are whole', () => {
    expect(texts('application/x-ndjson', '{"a":1}\n\n{"b"', ':2}\r\n{"c":3')).toEqual(['{"a":1}', '{"b":2}']);
    expect(texts('application/json-seq', '\x1e{"a":1}\n\x1e{"b":', '2}\n')).toEqual(['{"a":1}', '{"b":2}']);
    expect(
      texts(
        'multipart/x-mixed-replace; boundary=frame',
        'preamble--frame\r\nContent-Type: text/plain\r\n\r\none\r\n--fr',
        'ame\r\nX: 1\r\n\r\ntwo\r\n--frame--',
      ),
    ).toEqual(['one', 'two']);
  });
});

describe('text that names no framing', () => {
  it('is read by lines where its first piece ends in one', () => {
    expect(texts('text/plain', 'h\n', 'a["1"]\na["2', '"]\n')).toEqual(['h', 'a["1"]', 'a["2"]']);
  });
  it('is one message a piece otherwise', () => {
    expect(texts(null, '5:hello', '3:abc', '  ')).toEqual(['5:hello', '3:abc']);
  });
});
