import { describe, expect, it } from 'vitest';
import { anthropicStream } from '../../../src/core/protocols/anthropic-stream.ts';
import { hls } from '../../../src/core/protocols/hls.ts';
import { labelsOf } from '../../../src/core/protocols/labels.ts';
import { mercure } from '../../../src/core/protocols/mercure.ts';
import { nchan } from '../../../src/core/protocols/nchan.ts';
import { openAiStream } from '../../../src/core/protocols/openai-stream.ts';
import { recogniseByHint, recogniseByPayload } from '../../../src/core/protocols/protocols.ts';
import { vercelAiStream } from '../../../src/core/protocols/vercel-ai-stream.ts';
import { at, bytes, inWords, received, sent } from './reading.ts';

const EVENTS = at('https://example.test/ask', {
  method: 'POST',
  contentType: 'text/event-stream',
  eventName: 'message',
});
const whole = (...data: string[]) => data.map((each) => `data: ${each}\n\n`).join('');

describe('token streams after OpenAI', () => {
  const chunk = (delta: string, finish = 'null') =>
    `{"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":${delta},"finish_reason":${finish}}]}`;
  const BODY = { ...EVENTS, url: 'https://example.test/v1/chat/completions', eventName: null };

  it('are known by URL and content type, or by a chunk', () => {
    expect(recogniseByHint(BODY)).toBe(openAiStream);
    expect(recogniseByHint({ ...BODY, contentType: 'application/json' })).toBeNull();
    expect(recogniseByPayload(chunk('{"content":"a"}'), 'received', EVENTS)).toBe(openAiStream);
    expect(recogniseByPayload('{"type":"response.created","response":{}}', 'received', EVENTS)).toBe(openAiStream);
    expect(recogniseByPayload('{"object":"chat","choices":[]}', 'received', EVENTS)).toBeNull();
    expect(recogniseByPayload('[DONE]', 'received', EVENTS)).toBeNull();
  });

  it('bring tokens between a start and an end', () => {
    const body = whole(
      chunk('{"role":"assistant","content":""}'),
      chunk('{"content":"Hel"}'),
      chunk('{"tool_calls":[{"index":0}]}'),
      chunk('{}', '"stop"'),
      '{"object":"chat.completion.chunk","choices":[],"usage":{}}',
      '{"object":"text_completion","choices":[{"text":"lo","index":0}]}',
      '{"error":{"message":"overloaded"}}',
      '[DONE]',
    );
    expect(inWords(labelsOf(openAiStream, body, 'received', BODY))).toEqual([
      'control start',
      'data delta',
      'data delta',
      'control finish stop',
      'control usage',
      'data delta',
      'control error',
      'control done',
    ]);
  });

  it('name the events of the newer interface', () => {
    expect(received(openAiStream, '{"type":"response.output_text.delta","item_id":"m","delta":"Hi"}', EVENTS)).toEqual([
      'data response.output_text.delta',
    ]);
    expect(received(openAiStream, '{"type":"response.completed","response":{}}', EVENTS)).toEqual([
      'control response.completed',
    ]);
    expect(received(openAiStream, 'hello', EVENTS)).toEqual([]);
  });
});

describe('token streams after Anthropic', () => {
  it('are known by URL and content type, or by their first event', () => {
    expect(recogniseByHint({ ...EVENTS, url: 'https://example.test/v1/messages' })).toBe(anthropicStream);
    expect(recogniseByHint(at('https://example.test/v1/messages'))).toBeNull();
    const start = '{"type":"message_start","message":{"id":"m","role":"assistant","content":[]}}';
    expect(recogniseByPayload(start, 'received', EVENTS)).toBe(anthropicStream);
    expect(recogniseByPayload('{"type":"message_start"}', 'received', EVENTS)).toBeNull();
  });

  it('bring deltas, and pings meanwhile', () => {
    const text = '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}';
    expect(received(anthropicStream, text, EVENTS)).toEqual(['data content_block_delta text_delta']);
    expect(received(anthropicStream, '{"type": "ping"}', { ...EVENTS, eventName: 'ping' })).toEqual(['heartbeat ping']);
    expect(received(anthropicStream, '{"type":"message_stop"}', EVENTS)).toEqual(['control message_stop']);
    expect(received(anthropicStream, '{"type":"other"}', EVENTS)).toEqual([]);
  });
});

describe('streams of the Vercel AI SDK', () => {
  it.each([
    ['{"type":"start","messageId":"m1"}', true],
    ['{"type":"text-delta","id":"0","delta":"Hi"}', true],
    ['f:{"messageId":"m1"}\n0:"Hi"\n', true],
    ['0:"Hi"\n0:" you"\n', true],
    ['{"type":"start"}', false],
    ['{"type":"text-delta","delta":"Hi"}', false],
    ['0:"Hi"', false],
    ['12:30 lunch', false],
  ])('are known by %j: %s', (text, known) =>
    expect(recogniseByPayload(text, 'received', EVENTS) === vercelAiStream).toBe(known),
  );

  it('bring parts', () => {
    const body = whole(
      '{"type":"start"}',
      '{"type":"text-start","id":"0"}',
      '{"type":"text-delta","id":"0","delta":"Hi"}',
      '{"type":"data-weather","data":{}}',
      '{"type":"tool-input-available","toolCallId":"t"}',
      '{"type":"finish"}',
      '[DONE]',
    );
    expect(inWords(labelsOf(vercelAiStream, body, 'received', { ...EVENTS, eventName: null }))).toEqual([
      'control start',
      'control text-start',
      'data text-delta',
      'data data-weather',
      'data tool-input-available',
      'control finish',
      'control done',
    ]);
  });

  it('bring lines in older versions', () => {
    const plain = at('https://example.test/api/chat', { contentType: 'text/plain' });
    const body = 'f:{"messageId":"m1"}\n0:"Hi"\n9:{"toolCallId":"t"}\nd:{"finishReason":"stop"}\nz:1\n';
    expect(received(vercelAiStream, body, plain)).toEqual([
      'control start-step',
      'data text',
      'data tool-call',
      'control finish',
    ]);
  });
});

describe('Mercure', () => {
  const HUB = at('https://example.test/.well-known/mercure?topic=https%3A%2F%2Fexample.test%2Fbooks%2F1', {
    eventName: 'message',
  });

  it('is known by its well-known path', () => {
    expect(recogniseByHint(HUB)).toBe(mercure);
    expect(recogniseByHint(at('https://example.test/mercure'))).toBeNull();
  });

  it('labels updates and publications', () => {
    expect(received(mercure, '{"title":"x"}', HUB)).toEqual(['data update https://example.test/books/1']);
    expect(received(mercure, '{}', { ...HUB, eventName: 'created' })).toEqual([
      'data created https://example.test/books/1',
    ]);
    expect(received(mercure, '', { ...HUB, eventName: 'ping' })).toEqual(['heartbeat ping']);
    const post = { ...HUB, method: 'POST', eventName: null };
    expect(sent(mercure, 'topic=https%3A%2F%2Fexample.test%2Fa&data=%7B%7D', post)).toEqual([
      'data publish https://example.test/a',
    ]);
    expect(received(mercure, 'urn:uuid:4a3c', post)).toEqual([]);
    expect(mercure.side?.(post)).toBe('uplink');
    expect(mercure.side?.(HUB)).toBe('downlink');
    expect(mercure.session?.(HUB)).toBe('https://example.test/.well-known/mercure');
  });
});

describe('HLS', () => {
  const LIVE =
    '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:17\n#EXTINF:2.0,\ns17.ts\n#EXTINF:2.0,\ns18.ts\n';

  it('is known by its name, its type or its first line', () => {
    expect(recogniseByHint(at('https://example.test/live/index.m3u8?t=1'))).toBe(hls);
    expect(recogniseByHint(at('https://example.test/live', { contentType: 'application/vnd.apple.mpegurl' }))).toBe(
      hls,
    );
    expect(recogniseByHint(at('https://example.test/live/s17.ts'))).toBeNull();
    expect(recogniseByPayload(LIVE, 'received', at('https://example.test/live'))).toBe(hls);
    expect(recogniseByPayload('#EXTM3U8', 'received', at('https://example.test/live'))).toBeNull();
  });

  it('tells where a playlist stands', () => {
    const [label] = hls.decode(LIVE, 'received', at('https://example.test/live.m3u8'));
    expect(label).toMatchObject({
      role: 'data',
      op: 'media-playlist',
      name: '17',
      detail: { mediaSequence: 17, targetDurationSeconds: 2, segments: 2, parts: 0, isLive: true },
    });
    const [ended] = hls.decode(
      '#EXTM3U\r\n#EXTINF:2.0,\r\na.ts\r\n#EXT-X-ENDLIST\r\n',
      'received',
      at('https://example.test/'),
    );
    expect(ended?.detail).toEqual({
      mediaSequence: 0,
      targetDurationSeconds: null,
      segments: 1,
      parts: 0,
      isLive: false,
    });
    expect(received(hls, '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n')).toEqual(['data multivariant-playlist']);
    expect(received(hls, '<html>')).toEqual([]);
  });
});

describe('Nchan with meta data', () => {
  it('is known by its subprotocol', () => {
    expect(recogniseByHint(at('wss://example.test/sub', { subprotocol: 'ws+meta.nchan' }))).toBe(nchan);
    expect(recogniseByHint(at('wss://example.test/sub'))).toBeNull();
  });

  it('has a head before each message', () => {
    const message = 'id: 1700000000:0\ncontent-type: application/json\n\n{"n":1}';
    expect(received(nchan, message)).toEqual(['data message']);
    expect(nchan.decode(message, 'received', EVENTS)[0]?.detail).toEqual({
      id: '1700000000:0',
      contentType: 'application/json',
      payload: '{"n":1}',
    });
    expect(received(nchan, bytes('id: 1:0\n\nhi'))).toEqual(['data message']);
    expect(received(nchan, 'id: 1:0\n\nping')).toEqual(['heartbeat ping']);
    expect(received(nchan, '{"n":1}')).toEqual([]);
    expect(sent(nchan, 'hello')).toEqual(['data publish']);
  });
});
