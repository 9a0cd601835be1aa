import { describe, expect, it } from 'vitest';
import { fromHarEntry, type HarEntry } from '../../src/core/har-entry.ts';

/** An answer of 49 bytes, but for what is said of it. */
const entryOf = (response: Partial<HarEntry['response']>) =>
  fromHarEntry({
    startedDateTime: '2027-01-15T08:00:00.000Z',
    time: 20,
    request: {
      method: 'GET',
      url: 'https://app.test/',
      httpVersion: 'http/1.1',
      headers: [],
      headersSize: 1,
      bodySize: 0,
    },
    response: {
      status: 200,
      httpVersion: 'http/1.1',
      headers: [],
      headersSize: 1,
      bodySize: 49,
      redirectURL: '',
      content: { size: 49, mimeType: 'application/json' },
      ...response,
    },
    timings: { wait: 10, receive: 10 },
  });

describe('the content type of an entry', () => {
  const typeOf = (mimeType: string, declared: string | null) =>
    entryOf({
      headers: declared === null ? [] : [{ name: 'Content-Type', value: declared }],
      content: { size: 49, mimeType },
    }).contentType;

  it('is what the browser made of it', () => {
    expect(typeOf('application/json', 'application/json; charset=utf-8')).toBe('application/json');
    expect(typeOf('image/png', 'text/plain')).toBe('image/png');
    expect(typeOf('', 'text/plain')).toBeNull();
  });

  it('is what the server says where the browser found control characters in a text', () => {
    expect(typeOf('application/octet-stream', 'text/plain; charset=UTF-8')).toBe('text/plain; charset=UTF-8');
    expect(typeOf('application/octet-stream', null)).toBe('application/octet-stream');
  });
});

describe('the content of an entry', () => {
  const bytesOf = (size: number, bodySize: number, headers: { name: string; value: string }[] = []) =>
    entryOf({ headers, bodySize, content: { size, mimeType: '' } }).contentBytes;
  const length = { name: 'Content-Length', value: '81' };

  it('is as long as the browser says, and as the head says where nobody read it', () => {
    expect(bytesOf(49, 49)).toBe(49);
    expect(bytesOf(0, 81, [length])).toBe(81);
    expect(bytesOf(0, 81, [length, { name: 'content-encoding', value: 'gzip' }])).toBeNull();
    expect(bytesOf(0, 81)).toBeNull();
  });

  it('is none where nothing but the last chunk came', () => {
    expect([bytesOf(0, 0), bytesOf(0, 5)]).toEqual([0, 0]);
  });
});

it('an answer of a service worker did not cross the wire; one that it let pass did', () => {
  const crossed = (_fetchedViaServiceWorker: boolean) => !entryOf({ _fetchedViaServiceWorker }).fromCache;
  expect([crossed(true), crossed(false)]).toEqual([false, true]);
});
