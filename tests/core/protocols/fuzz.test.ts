import { describe, expect, it } from 'vitest';
import { labelsOf } from '../../../src/core/protocols/labels.ts';
import { MAX_LABELS, type Payload } from '../../../src/core/protocols/protocol.ts';
import { PROTOCOLS, recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { at, bytes } from './reading.ts';

/** mulberry32: the same numbers on every run. */
function numbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SEEDS: Payload[] = [
  '0{"sid":"a","upgrades":[],"pingInterval":25000}\x1e42/a,7["tick",{"n":1}]\x1ebAQID\x1e2',
  '97:0{"sid":"a"}2:40451-["f",{"_placeholder":true,"num":0}]',
  '___eio[0]("42[\\"a\\"]");',
  'a["{\\"type\\":\\"ping\\"}","MESSAGE\\ndestination:/a\\n\\nx\\u0000"]\nh\nc[3000,"Go away!"]',
  '{"protocol":"json","version":1}\x1e{"type":1,"target":"a","arguments":[]}\x1e',
  '[{"channel":"/meta/connect","successful":true,"id":"1"},{"channel":"/a","data":{}}]',
  '{"id":"1","type":"subscribe","payload":{"query":"subscription A($a: Int) { a }"}}',
  '\r\n--graphql\r\n\r\n{"payload":{"data":{}}}\r\n--graphql--',
  'SEND\ndestination:/a\\cb\nreceipt:1\n\nhello\0\nERROR\nmessage:x\n\n\0',
  '[36,1,2,{"topic":"a"},[1]]\x18[48,7,{},"add",[2,3]]\x18',
  '["3","4","room:1","phx_reply",{"status":"ok"}]\n{"status":200,"messages":["[null,null,\\"a\\",\\"b\\",{}]"]}',
  '{"identifier":"{\\"channel\\":\\"A\\"}","command":"message","data":"{\\"action\\":\\"b\\"}"}',
  '{"event":"pusher_internal:subscription_succeeded","channel":"a","data":"{}"}',
  '{"push":{"channel":"a","pub":{"data":1}}}\n{}\n{"id":1,"connect":{"subs":{"a":{}}}}',
  'INFO {"server_id":"a"}\r\nHMSG a 1 12 14\r\nNATS/1.0\r\n\r\nhi\r\nPING\r\n',
  '{"id":1,"result":{"type":"data","data":{}}}',
  'event: next\ndata: {"id":"x","payload":{"data":{}}}\n\n: c\r\ndata: [DONE]\r\n\r\n',
  '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:17\n#EXTINF:2,\na.ts\n',
  '{"object":"chat.completion.chunk","choices":[{"delta":{"content":"a"},"finish_reason":null}]}',
  'f:{"messageId":"a"}\n0:"Hi"\nd:{}\n',
  'id: 1:0\ncontent-type: a\n\nbody',
  '{"jsonrpc":"2.0","method":"ping","id":1}',
  bytes(16, 0x95, 1, 0x80, 0xc0, 0xa4, 'Tick', 0x91, 0xda, 0, 3, 'abc', 2, 0x91, 6),
  bytes(0x10, 16, 0, 4, 'MQTT', 5, 2, 0, 60, 0, 0, 2, 'me', 0x32, 9, 0, 3, 'a/b', 0, 5, 0, 'x', 0xd0, 0),
  bytes(0, 0, 4, 1, 0xac, 2, 7, 1, 12, 1, 7, 5, 9, '{"a":"bc"}'),
  bytes(0, 1, 2, 1, 3, '3', '12', 'a', 'say', 9, 9),
  bytes(0x83, 0xa4, 'type', 2, 0xa4, 'data', 0x91, 0xa1, 'a', 0xa3, 'nsp', 0xa1, '/'),
  bytes(0, 1, 255, '2', 1, 3, 255, 4, 7, 7),
];
const HINTS = [
  at('wss://example.test/live'),
  at('wss://example.test/socket.io/?EIO=4&transport=websocket'),
  at('https://example.test/socket.io/?EIO=4&transport=polling&sid=a'),
  at('https://example.test/socket.io/?EIO=3&transport=polling&sid=a', { method: 'POST' }),
  at('https://example.test/echo/123/abc/xhr_streaming'),
  at('https://example.test/hub/negotiate', { method: 'POST' }),
  at('https://example.test/graphql', { contentType: 'multipart/mixed; boundary=graphql' }),
  at('https://example.test/trpc/a,b', { contentType: 'text/event-stream' }),
  at('https://example.test/events', { contentType: 'text/event-stream', eventName: 'next' }),
  at('wss://example.test/w', { subprotocol: 'wamp.2.msgpack.batched' }),
  at('%', { method: '', contentType: ';;', eventName: '' }),
];
const SNIPPETS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  ',',
  ':',
  '\n',
  '\r\n',
  '\0',
  '\x1e',
  '\x18',
  '\ud800',
  '0',
  '9',
  '-',
  'a',
  'd=',
];
const ROUNDS = 10_000;
const SIZE = 250_000;
/** Far above what any payload of a few kB takes, far below what a quadratic reading of one would. */
const SLOW_MS = 200;

function mutated(seed: Payload, random: () => number): Payload {
  const pick = (length: number) => Math.floor(random() * length);
  let payload: Payload = seed;
  for (let edits = 1 + pick(4); edits > 0; edits--) {
    const from = pick(payload.length + 1);
    const to = from + pick(8);
    const times = random() < 0.05 ? 200 : pick(3);
    payload =
      typeof payload === 'string'
        ? payload.slice(0, from) + SNIPPETS[pick(SNIPPETS.length)]!.repeat(times) + payload.slice(to)
        : bytes(payload.subarray(0, from), ...Array.from({ length: times }, () => pick(256)), payload.subarray(to));
  }
  if (random() < 0.1) return payload.slice(0, pick(payload.length));
  if (random() < 0.05 && typeof payload === 'string') return bytes(payload);
  return payload;
}

/** Time this process computed, whatever else the machine does. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe('hostile payloads', () => {
  it('are survived by every protocol, quickly', { timeout: 120_000 }, () => {
    const random = numbers(20_240_607);
    let labelled = 0;
    let slowestMs = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const payload = mutated(SEEDS[round % SEEDS.length]!, random);
      const hint = HINTS[Math.floor(random() * HINTS.length)]!;
      const direction = random() < 0.5 ? 'sent' : 'received';
      const startedAt = cpuMs();
      recogniseByHint(hint);
      recogniseByPayload(payload, direction, hint);
      for (const protocol of [null, ...PROTOCOLS]) {
        const labels = labelsOf(protocol, payload, direction, hint);
        labelled += labels.length;
        protocol?.side?.(hint);
        protocol?.session?.(hint);
      }
      slowestMs = Math.max(slowestMs, cpuMs() - startedAt);
    }
    expect(labelled).toBeGreaterThan(ROUNDS);
    expect(slowestMs).toBeLessThan(SLOW_MS);
  });

  const UNITS = ['{', '[', '["', '{"a":', '"', '\\', '\n', '\x1e', '2\x1e', '\0', 'a[', 'h', '1:2', '\r\n', 'id: '];
  const MORE = ['data:\n\n', 'data: a["",""]\n\n', '#\n', 'SEND\n', 'PING\r\n', ' ', '---', '!', '\ud800'];
  const BYTES = [0, 1, 0x10, 0x30, 0x7f, 0x80, 0x91, 0xc1, 0xdd, 0xff];
  it.each([
    ...[...UNITS, ...MORE].map((unit) => [JSON.stringify(unit), unit.repeat(SIZE / unit.length)] as const),
    ...BYTES.map((byte) => [`byte ${byte}`, new Uint8Array(SIZE).fill(byte)] as const),
  ])('of 250 kB of %s take time in proportion', { timeout: 120_000 }, (_name, payload) => {
    for (const hint of HINTS) {
      const startedAt = cpuMs();
      recogniseByPayload(payload, 'received', hint);
      expect(cpuMs() - startedAt).toBeLessThan(SLOW_MS);
      for (const protocol of [null, ...PROTOCOLS]) {
        const startedAt = cpuMs();
        expect(labelsOf(protocol, payload, 'received', hint).length).toBeLessThanOrEqual(MAX_LABELS);
        expect(cpuMs() - startedAt, protocol?.id).toBeLessThan(SLOW_MS);
      }
    }
  });
});
