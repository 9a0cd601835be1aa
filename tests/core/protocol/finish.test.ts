import { describe, expect, it } from 'vitest';
import { createFinisher } from '../../../src/panel/source/finish.ts';
import { type Batch, PROTOCOL_VERSION, type Unfinished, WHOLE_TEXT } from '../../../src/protocol.ts';
import { messageEvent } from '../../support/message.ts';

const batch = (events: Unfinished[], dropped = 0): Batch<Unfinished> => ({
  v: PROTOCOL_VERSION,
  wallAt: 1e12,
  monoAt: 5,
  base: 'https://a.test/',
  dropped,
  events,
});
const response = (id: number, contentType: string | null): Unfinished => ({
  kind: 'response',
  id,
  at: 1,
  status: 200,
  url: '/',
  contentType,
});
const chunk = (id: number, text: number[] | string | null): Unfinished => ({
  kind: 'chunk',
  id,
  at: 1,
  bytes: 1,
  text: Array.isArray(text) ? Uint8Array.from(text) : text,
});
const textsOf = ({ events }: Batch) => events.flatMap((event) => (event.kind === 'chunk' ? [event.text] : []));
/** 안 in UTF-8. */
const AN = [0xec, 0x95, 0x88];

describe('the text of a stream', () => {
  it('keeps a character that is split between two batches', () => {
    const finish = createFinisher();
    expect(textsOf(finish(batch([chunk(1, AN.slice(0, 1))])))).toEqual(['']);
    expect(textsOf(finish(batch([chunk(1, AN.slice(1))])))).toEqual(['안']);
  });

  it('keeps two streams apart', () => {
    const finish = createFinisher();
    const pieces = [chunk(1, AN.slice(0, 2)), chunk(2, [0x61]), chunk(1, AN.slice(2))];
    expect(textsOf(finish(batch(pieces)))).toEqual(['', 'a', '안']);
  });

  it('begins anew after a piece that was not told, or events that were lost', () => {
    const finish = createFinisher();
    expect(textsOf(finish(batch([chunk(1, AN.slice(0, 2)), chunk(1, null), chunk(1, [0x61])])))).toEqual([
      '',
      null,
      'a',
    ]);
    finish(batch([chunk(1, AN.slice(0, 2))]));
    expect(textsOf(finish(batch([chunk(1, [0x62])], 1)))).toEqual(['b']);
  });

  it('is read by the charset of the response, by UTF-8 when there is no such charset', () => {
    const finish = createFinisher();
    finish(batch([response(1, 'text/plain; charset="EUC-KR"'), response(2, 'text/plain;charset=nonsense')]));
    expect(textsOf(finish(batch([chunk(1, [0xbe, 0xc8]), chunk(2, AN)])))).toEqual(['안', '안']);
  });

  it('passes on what the page had as text already', () => {
    expect(textsOf(createFinisher()(batch([chunk(1, 'as it is')])))).toEqual(['as it is']);
  });
});

it('a message that is its whole text is measured in UTF-8, lone surrogates as U+FFFD', () => {
  const message = (text: string, payloadBytes: number | null): Unfinished =>
    messageEvent(1, 1, text, { direction: 'sent', payloadBytes });
  const { events } = createFinisher()(
    batch([message('aé안😀\ud800', WHOLE_TEXT), message('head', 70_000), message('', null)]),
  );
  expect(events.map((event) => event.kind === 'message' && event.payloadBytes)).toEqual([13, 70_000, null]);
});

it('a stack is the page’s own frames, one a line', () => {
  const stack =
    '\n    at send (https://a.test/a.js:1:2)\n    at chrome-extension://abc/src/page/main.js:1:9\n    at b.js:3:4';
  const connect: Unfinished = { kind: 'connect', id: 1, at: 1, api: 'websocket', url: 'wss://a', stack };
  const { events } = createFinisher()(batch([connect]));
  expect(events).toMatchObject([{ stack: 'at send (https://a.test/a.js:1:2)\nat b.js:3:4' }]);
});
