import { describe, expect, it } from 'vitest';
import { sseEvents } from '../../../../src/core/protocols/wire/sse.ts';

const events = (body: string) => sseEvents(body, 100).map(({ eventName, data }) => `${eventName}: ${data}`);

describe('the events of a stream', () => {
  // The examples of https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
  it.each([
    ['data: YHOO\ndata: +2\ndata: 10\n\n', ['message: YHOO\n+2\n10']],
    [
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
      ['message: first event', 'message: second event', 'message:  third event'],
    ],
    ['data\n\ndata\ndata\n\ndata:', ['message: ', 'message: \n']],
    ['data:test\n\ndata: test\n\n', ['message: test', 'message: test']],
    ['event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n', ['add: 73857293', 'remove: 2153']],
  ])('%j', (body, expected) => expect(events(body)).toEqual(expected));

  it('end their lines with LF, CR or both', () => {
    expect(events('\uFEFFevent: a\r\ndata: 1\r\n\r\nevent: b\rdata: 2\r\r')).toEqual(['a: 1', 'b: 2']);
  });

  it('have data: a name alone, or a field of a similar name, makes none', () => {
    expect(events('event: ping\n\ndatabase: x\n\ndata: 1\n\n')).toEqual(['message: 1']);
  });

  it('are read up to a limit', () => expect(sseEvents('data: 1\n\n'.repeat(10), 3)).toHaveLength(3));
});
