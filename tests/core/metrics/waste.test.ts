import { describe, expect, it } from 'vitest';
import { wastedOf } from '../../../src/core/channels.ts';
import { play, repeat } from '../../support/timeline.ts';

const worthOf = (timeline: string, sources = {}) => {
  const channel = play(timeline, sources).channels[0]!;
  const { baseline, useful, empty, identical, error } = channel.worth;
  const { 'volatile-only': volatileOnly, 'held-timeout': heldTimeout } = channel.worth;
  return { baseline, useful, empty, identical, volatileOnly, heldTimeout, error, wasted: wastedOf(channel) };
};
const none = { baseline: 0, useful: 0, empty: 0, identical: 0, volatileOnly: 0, heldTimeout: 0, error: 0, wasted: 0 };

describe('a poll', () => {
  it('is the baseline when it is the first, in neither count', () => {
    expect(worthOf('0ms GET /n 200 []')).toEqual({ ...none, baseline: 1 });
  });

  it('is wasted when it brings nothing: no content, not modified, an empty list', () => {
    expect(
      worthOf(`0ms GET /n 200 {"n":1}
               1000ms GET /n 204
               2000ms GET /n 304
               3000ms GET /n 200 []
               4000ms GET /n 200 {"n":2}`),
    ).toEqual({ ...none, baseline: 1, empty: 3, useful: 1, wasted: 3 });
  });

  it('is wasted when it repeats the answer before, and not when it changes', () => {
    expect(
      worthOf(`0ms GET /n 200 {"price":5}
               1000ms GET /n 200 {"price":5}
               2000ms GET /n 200 {"price":6}`),
    ).toEqual({ ...none, baseline: 1, identical: 1, useful: 1, wasted: 1 });
  });

  it('is wasted when only the number of a JSON-RPC call changed, which is news anywhere else', () => {
    expect(
      worthOf(`0ms GET /n 200 {"jsonrpc":"2.0","id":1,"result":"0x5"}
               1000ms GET /n 200 {"jsonrpc":"2.0","id":2,"result":"0x5"}
               2000ms GET /n 200 {"jsonrpc":"2.0","id":3,"result":"0x6"}
               3000ms GET /n 200 {"id":3,"result":"0x6"}
               4000ms GET /n 200 {"id":4,"result":"0x6"}`),
    ).toEqual({ ...none, baseline: 1, volatileOnly: 1, useful: 3, wasted: 1 });
  });

  it('is wasted when it confirms under a number of its own, and not when that is all it says', () => {
    expect(
      worthOf(`0ms GET /n 200 {"success":true,"requestId":"a1"}
               1000ms GET /n 200 {"success":true,"requestId":"b2"}
               2000ms GET /n 200 {"requestId":"c3"}`),
    ).toEqual({ ...none, baseline: 1, empty: 1, useful: 1, wasted: 1 });
  });

  it('is compared with the one before it, though a cursor had set them apart until it was learned', () => {
    const answers = ['1', '1', '2', '2', '3', '3'];
    expect(worthOf(repeat(6, 1000, (i, at) => `${at}ms GET /n?upto=${i + 7} 200 {"price":${answers[i]}}`))).toEqual({
      ...none,
      baseline: 1,
      identical: 3,
      useful: 2,
      wasted: 3,
    });
  });

  it('is wasted when only a time stamp changed', () => {
    expect(
      worthOf(`0ms GET /n 200 {"price":5,"ts":1}
               1000ms GET /n 200 {"price":5,"ts":2}
               2000ms GET /n 200 {"price":6,"ts":3}`),
    ).toEqual({ ...none, baseline: 1, volatileOnly: 1, useful: 1, wasted: 1 });
  });

  it('still is after an answer that was the same to the letter', () => {
    expect(
      worthOf(`0ms GET /n 200 {"price":5,"ts":1}
               1000ms GET /n 200 {"price":5,"ts":1}
               2000ms GET /n 200 {"price":5,"ts":2}`),
    ).toEqual({ ...none, baseline: 1, identical: 1, volatileOnly: 1, wasted: 2 });
  });

  it('is looked for however deep it lies, and however long the answer is', () => {
    const long = (ts: number, price = 5) =>
      JSON.stringify({ list: Array.from({ length: 5000 }, (_, id) => ({ id, price, at: [{ ts }] })) });
    expect(
      worthOf(`0ms GET /n 200 ${long(1)}
               1000ms GET /n 200 ${long(2)}
               2000ms GET /n 200 ${long(3, 6)}`),
    ).toEqual({ ...none, baseline: 1, volatileOnly: 1, useful: 1, wasted: 1 });
  });

  it('is not what says more, less, or the same in another shape', () => {
    for (const other of [
      '{"a":5,"b":6}',
      '{}',
      '{"b":5}',
      '{"a":"5"}',
      '{"a":[5]}',
      '[5]',
      '{"a":null}',
      '{"a":{"x":1}}',
    ])
      expect(worthOf(`0ms GET /n 200 {"a":5,"ts":1}\n1000ms GET /n 200 ${other}`).volatileOnly, other).toBe(0);
  });

  it('still compares with the last content after a 304', () => {
    expect(
      worthOf(`0ms GET /n 200 {"n":1}
               1000ms GET /n 304
               2000ms GET /n 200 {"n":1}`),
    ).toMatchObject({ empty: 1, identical: 1 });
  });

  it('that was held until its timeout is wasted; one that fails at once is an error', () => {
    expect(worthOf(`0ms GET /w 200 {"n":1}\n${repeat(3, 6000, (_, at) => `${at + 100}ms GET /w 503 5000ms`)}`)).toEqual(
      {
        ...none,
        baseline: 1,
        heldTimeout: 3,
        wasted: 3,
      },
    );
    expect(worthOf('0ms GET /w 200 {"n":1}\n1000ms GET /w 503 10ms')).toMatchObject({ heldTimeout: 0, error: 1 });
  });

  it('whose body nobody saw is not judged', () => {
    expect(worthOf('0ms GET /n 200 {"n":1}\n1000ms GET /n 200 {"n":1}', { network: false })).toEqual(none);
  });
});

describe('a body that is nested deeper than anything can be written', () => {
  it('is compared as it is', () => {
    const deep = `${'['.repeat(20_000)}1${']'.repeat(20_000)}`;
    const log = play(`0ms GET /a 200 ${deep} 40ms\n1000ms GET /a 200 ${deep} 40ms\n2000ms GET /a 200 [2] 40ms`);
    expect(log.channels[0]!.worth).toMatchObject({ baseline: 1, identical: 1, useful: 1 });
  });
});
