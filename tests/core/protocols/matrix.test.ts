import { describe, expect, it } from 'vitest';
import { matrix } from '../../../src/core/protocols/matrix.ts';
import { recogniseByHint } from '../../../src/core/protocols/protocols.ts';
import { at, received, sent } from './reading.ts';

const SYNC = at('https://example.test/_matrix/client/v3/sync?since=s1&timeout=30000');
const SEND = at('https://example.test/_matrix/client/v3/rooms/!a:b/send/m.room.message/t1', { method: 'PUT' });

describe('Matrix', () => {
  it('is known by its API', () => {
    expect(recogniseByHint(SYNC)).toBe(matrix);
    expect(recogniseByHint(SEND)).toBe(matrix);
    expect(recogniseByHint(at('https://example.test/matrix/client/sync'))).toBeNull();
  });

  it('labels the events that a sync brings', () => {
    const room = '{"timeline":{"events":[{"type":"m.room.message"},{"type":"m.reaction"}]},"state":{"events":[]}}';
    const answer = `{"next_batch":"s2","presence":{"events":[{"type":"m.presence"}]},"rooms":{"join":{"!a:b":${room}},"invite":{}}}`;
    expect(received(matrix, answer, SYNC)).toEqual([
      'data m.presence',
      'data m.room.message !a:b',
      'data m.reaction !a:b',
    ]);
    expect(received(matrix, '{"next_batch":"s2","device_lists":{"changed":["@x:y"]}}', SYNC)).toEqual([
      'data device_lists',
    ]);
    const sliding = '{"pos":"5","rooms":{"!a:b":{"timeline":[{"type":"m.room.message"}]}}}';
    expect(received(matrix, sliding, SYNC)).toEqual(['data m.room.message !a:b']);
  });

  it('sees that a sync waited in vain', () => {
    const counts = '"device_one_time_keys_count":{"signed_curve25519":50},"org.matrix.unused":[]';
    expect(received(matrix, `{"next_batch":"s2","rooms":{"join":{},"invite":{}},${counts}}`, SYNC)).toEqual([
      'heartbeat timeout',
    ]);
    expect(received(matrix, '{"next_batch":"s3"}', SYNC)).toEqual(['heartbeat timeout']);
    expect(received(matrix, '{"errcode":"M_UNKNOWN_TOKEN"}', SYNC)).toEqual([]);
  });

  it('sends beside the sync', () => {
    expect(sent(matrix, '{"body":"hi"}', SEND)).toEqual(['data m.room.message']);
    expect(matrix.side?.(SYNC)).toBe('downlink');
    expect(matrix.side?.(SEND)).toBe('uplink');
    expect(matrix.side?.(at('https://example.test/_matrix/client/v3/login'))).toBeNull();
    expect(matrix.session?.(SYNC)).toBe(matrix.session?.(SEND));
  });
});
