import { describe, expect, it } from 'vitest';
import { describeRemovals } from '../../../src/core/session/redact/describe.ts';
import { reportChannel } from '../../../src/core/session/report.ts';
import { toSession } from '../../../src/core/session/write.ts';
import { richLog } from './rich-log.ts';

const SECRETS = ['c00kie', 't0ken-in-query', 'hunter2', 'bearer-abcdefgh1', 'sm-w0rd', 'b1nary'];
const log = richLog({
  query: '?access_token=t0ken-in-query',
  requestHeaders: [
    ['cookie', 'c00kie'],
    ['authorization', 'Bearer bearer-abcdefgh1'],
  ],
  responseHeaders: [['set-cookie', 'c00kie; path=/']],
  body: '{"user":"kim","password":"hunter2"}',
  message: '{"type":"auth","token":"sm-w0rd"}',
  bytes: new TextEncoder().encode('{"secret":"b1nary"}'),
});

const textOf = (session: object): string =>
  JSON.stringify(session, (key, value) =>
    key === 'base64' ? Buffer.from(value as string, 'base64').toString('latin1') : value,
  );

describe('an export', () => {
  it('has none of the secrets, unless it is raw', () => {
    const [clean, raw] = [textOf(toSession(log, '1.0')), textOf(toSession(log, '1.0', { raw: true }))];
    expect(SECRETS.filter((secret) => clean.includes(secret))).toEqual([]);
    expect(SECRETS.filter((secret) => raw.includes(secret))).toEqual(SECRETS);
  });

  it('says whether it was sanitized', () => {
    expect(toSession(log, '1.0').sanitized).toBe(true);
    expect(toSession(log, '1.0', { raw: true }).sanitized).toBe(false);
  });

  it('keeps everything else: all sizes, counts, verdicts and other contents', () => {
    const { channels, messages, exchanges } = toSession(log, '1.0');
    const reports = log.channels.map((channel) => reportChannel(log, channel));
    const withoutUrls = ({ sampleUrl: _sample, urlTemplate: _template, ...rest }: (typeof reports)[number]) => rest;
    expect(channels.map(withoutUrls)).toEqual(reports.map(withoutUrls));
    expect(messages.payloadBytes).toEqual(toSession(log, '1.0', { raw: true }).messages.payloadBytes);
    expect(messages.content).toContain('one\ntwo');
    expect(exchanges.map(({ network }) => network?.body)).toContainEqual(
      expect.stringMatching(/^{"user":"kim","password":"redacted-\d"}$/),
    );
  });
});

describe('the preview of an export', () => {
  it('names what will be left out, and how often it was seen', () => {
    expect(describeRemovals(log)).toEqual(
      expect.arrayContaining([
        { kind: 'header', where: 'cookie', count: 2 },
        { kind: 'header', where: 'authorization', count: 2 },
        { kind: 'header', where: 'set-cookie', count: 2 },
        { kind: 'parameter', where: 'access_token', count: 2 },
        { kind: 'field', where: 'password', count: 1 },
        { kind: 'field', where: 'token', count: 1 },
        { kind: 'field', where: 'secret', count: 1 },
      ]),
    );
    expect(describeRemovals(log)).toHaveLength(7);
  });

  it('is empty where there is nothing to leave out', () => {
    expect(describeRemovals(richLog())).toEqual([]);
  });
});
