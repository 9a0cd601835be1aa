import { describe, expect, it } from 'vitest';
import type { HarEntry } from '../../../../src/core/har-entry.ts';
import { writeHar } from '../../../../src/core/session/har/write.ts';
import type { ChannelReport } from '../../../../src/core/session/report.ts';
import type { Log } from '../../../../src/core/state.ts';
import { T0 } from '../../../support/timeline.ts';
import { richLog } from '../rich-log.ts';
import { readHar, reportAt } from './read-text.ts';

const textOf = (log: Log, raw = true): string => [...writeHar(log, '1.0', { raw })].join('');
const log = richLog();
const text = textOf(log);
const har = JSON.parse(text) as { log: { version: string; creator: object; pages: object[]; entries: HarEntry[] } };
const entryOf = (part: string) => har.log.entries.find(({ request }) => request.url.includes(part))!;

describe('a HAR that is written', () => {
  it('is HAR 1.2: http://www.softwareishard.com/blog/har-12-spec/', () => {
    expect(har.log).toMatchObject({ version: '1.2', creator: { name: 'Transport Lens', version: '1.0' } });
    expect(har.log.pages).toEqual([
      { startedDateTime: new Date(T0).toISOString(), id: 'document-1', title: 'https://app.test/', pageTimings: {} },
    ]);
    for (const entry of har.log.entries) {
      expect(entry).toMatchObject({ cache: {}, time: expect.any(Number), timings: { send: 0 } });
      expect(entry.request).toMatchObject({
        cookies: [],
        queryString: expect.any(Array),
        headersSize: expect.any(Number),
      });
      expect(entry.response).toMatchObject({ cookies: [], content: { size: expect.any(Number) }, redirectURL: '' });
    }
  });

  it('has an entry for each exchange, socket and opening of a stream, in order of start', () => {
    const starts = har.log.entries.map(({ startedDateTime }) => Date.parse(startedDateTime));
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(har.log.entries).toHaveLength(log.history.exchanges.all.length + 1 + 2);
  });

  it('has the messages of a WebSocket where DevTools puts them', () => {
    expect(entryOf('/live')).toMatchObject({
      _resourceType: 'websocket',
      _webSocketMessages: [
        { type: 'send', time: (T0 + 200) / 1000, opcode: 1, data: '{"hello":"world"}' },
        { type: 'receive', time: (T0 + 250) / 1000, opcode: 1 },
        { type: 'receive', time: (T0 + 300) / 1000, opcode: 2, data: 'AH+A/w==', _length: 300 },
      ],
    });
  });

  it('has the events of an EventSource', () => {
    expect(entryOf('/stream')).toMatchObject({
      _resourceType: 'eventsource',
      _eventSourceMessages: [{ time: (T0 + 500) / 1000, eventName: 'news', eventId: '7', data: 'one\ntwo' }],
    });
  });

  it('says −1 for what is unknown', () => {
    expect(entryOf('/stream').request.headersSize).toBe(-1);
  });

  it('has no secrets unless it is raw', () => {
    const secret = richLog({
      query: '?token=hunter2',
      message: '{"password":"hunter2"}',
      body: '{"password":"hunter2"}',
      requestHeaders: [['Cookie', 'hunter2']],
    });
    expect(textOf(secret)).toContain('hunter2');
    expect([...writeHar(secret, '1.0')].join('')).not.toContain('hunter2');
  });
});

describe('a HAR that is read again', () => {
  const again = readHar(text);
  const figures = ({
    transport,
    exchanges,
    useful,
    wasted,
    errors,
    aborted,
    connections,
    messages,
    bytes,
  }: ChannelReport) => ({
    transport,
    exchanges,
    useful,
    wasted,
    errors,
    aborted,
    connections,
    messages,
    payloadSent: bytes.payloadSent.value,
    payloadReceived: bytes.payloadReceived.value,
  });

  it.each(['/news', '/save', '/worker', '/live', '/stream'])('says the same of %s', (part) => {
    expect(figures(reportAt(again, part))).toEqual(figures(reportAt(log, part)));
  });

  it('knows the same bytes of heads', () => {
    for (const part of ['/worker', '/live'])
      expect(reportAt(again, part).bytes.requestHeader).toEqual(reportAt(log, part).bytes.requestHeader);
  });

  it('is the same file when it is written again', () => {
    const entries = (given: Log) => {
      const list: HarEntry[] = JSON.parse(textOf(given)).log.entries;
      const key = ({ startedDateTime, request }: HarEntry) => `${startedDateTime} ${request.url}`;
      return list.map((entry) => ({ ...entry, pageref: 0 })).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    };
    expect(entries(again)).toEqual(entries(log));
  });
});
