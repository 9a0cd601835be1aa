import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  displayName,
  PROTOCOLS,
  protocolById,
  recogniseByHint,
  recogniseByPayload,
} from '../../../src/core/protocols/protocols.ts';
import { at, bytes } from './reading.ts';

const FOLDER = join(import.meta.dirname, '../../../src/core/protocols');
const NOT_PROTOCOLS = ['protocol.ts', 'protocols.ts', 'labels.ts'];

describe('the protocols', () => {
  it('are one file each, named as the protocol is', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !NOT_PROTOCOLS.includes(name));
    expect(PROTOCOLS.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
  });

  it('have names', () => {
    expect(displayName('socket.io')).toBe('Socket.IO');
    expect(displayName('carrier-pigeon')).toBe('carrier-pigeon');
    expect(protocolById('carrier-pigeon')).toBeNull();
  });

  it.each([
    'https://example.test/',
    'https://example.test/api/quote?since=7',
    'https://example.test/api/stream',
    'wss://example.test/live',
    'wss://example.test/ws?token=abc',
    'https://example.test/constructor',
    'not a url',
    '',
  ])('do not claim %j', (url) => expect(recogniseByHint(at(url))).toBeNull());

  it.each([
    '',
    'hello',
    'ping',
    '2',
    'o',
    'h',
    '{}',
    '[]',
    'null',
    '{"type":"ping"}',
    '{"type":"message","data":{"id":1}}',
    '{"id":1,"type":"next","payload":{}}',
    '{"id":1,"method":"get","params":{}}',
    '{"event":"tick","data":1}',
    '["room","tick",1]',
    '{"query":"shoes"}',
    '{"channel":"news","message":"hi"}',
    bytes(),
    bytes(0),
    bytes(0, 0, 1, 0),
    bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    bytes(0x08, 0x96, 0x01),
  ])('do not recognise %j', (payload) => {
    for (const direction of ['sent', 'received'] as const) {
      expect(recogniseByPayload(payload, direction, at('wss://example.test/live'))).toBeNull();
      expect(recogniseByPayload(payload, direction, at('https://example.test/api', { method: 'POST' }))).toBeNull();
    }
  });
});
