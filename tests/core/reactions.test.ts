import { describe, expect, it } from 'vitest';
import { play } from '../support/timeline.ts';

/** Long polls that are answered every few seconds, and a POST so long after some of them. */
const answered = (delaysMs: readonly number[]) =>
  delaysMs
    .map((delay, i) => {
      const at = i * 4000;
      const post = delay < 0 ? '' : `\n${at + 3900 + delay}ms POST /reply 200 {"ok":true}`;
      return `${at}ms GET /updates 200 {"n":${i}} 3900ms${post}`;
    })
    .join('\n');
/** A timer's POSTs beside polls that come in every so often. */
const beside = (everyMs: number, postAt: (i: number) => number) =>
  [
    ...Array.from({ length: 24_000 / everyMs }, (_, i) => `${i * everyMs}ms GET /ticks 200 {"n":${i}}`),
    ...Array.from({ length: 8 }, (_, i) => `${postAt(i)}ms POST /reply 200 {"ok":true}`),
  ].join('\n');
const reply = (text: string) =>
  [...play(text).channels.values()].find(({ method }) => method === 'POST')!.standing!.verdict;

describe('what a page sends as something comes in', () => {
  it('is an answer, by late ones too, and though one of four came later still', () => {
    expect(reply(answered([1, 2, 1, 3]))).toMatchObject({ transport: 'request', evidence: [{ kind: 'reaction' }] });
    expect(reply(answered([1, 90, 40, 160]))).toMatchObject({ evidence: [{ kind: 'reaction', share: 0.75, of: 4 }] });
  });

  it('is a timer of its own where half of it comes later', () => {
    expect(reply(answered([160, 2, 160, 2, 160, 2])).transport).toBe('telemetry');
  });

  it('is a timer of its own where something comes in at any moment', () => {
    expect(reply(beside(25, (i) => 13 + i * 2017)).transport).toBe('telemetry');
  });
});
