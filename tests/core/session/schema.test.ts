import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { FileError } from '../../../src/core/session/file-error.ts';
import { checkSession, parseSession } from '../../../src/core/session/parse.ts';
import { compile, type Schema } from '../../../src/core/session/schema/compile.ts';
import schema from '../../../src/core/session/session.schema.json' with { type: 'json' };
import { toSession } from '../../../src/core/session/write.ts';
import { createRandom } from '../../../test-server/random.ts';
import { mutateJson } from './fuzz/mutate.ts';
import { richLog } from './rich-log.ts';
import { setAt } from './set-at.ts';

const SEED = 11;
const SOUND = JSON.stringify(toSession(richLog(), '1.0'));
const valid = () => JSON.parse(SOUND);

/** Properties that are written but not described, with their places. */
function undescribed(value: unknown, part: Schema, at: string): string[] {
  const own = part.$ref === undefined ? part : (schema.$defs as unknown as Record<string, Schema>)[part.$ref.slice(8)]!;
  const branches = [own, ...(own.anyOf ?? [])].map((branch) =>
    branch.$ref === undefined ? branch : (schema.$defs as unknown as Record<string, Schema>)[branch.$ref.slice(8)]!,
  );
  if (Array.isArray(value))
    return value.flatMap((item, i) =>
      branches.flatMap(({ items }) => (items ? undescribed(item, items, `${at}[${i}]`) : [])),
    );
  if (typeof value !== 'object' || value === null || own.additionalProperties !== undefined) return [];
  const properties: Record<string, Schema> = Object.assign({}, ...branches.map((branch) => branch.properties ?? {}));
  return Object.entries(value).flatMap(([name, member]) =>
    name in properties ? undescribed(member, properties[name]!, `${at}.${name}`) : [`${at}.${name}`],
  );
}

describe('the schema of a session', () => {
  it('describes every property that is written', () => {
    expect(undescribed(valid(), schema as unknown as Schema, '')).toEqual([]);
  });

  it('is one that other validators take, and they find a session sound', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
    expect(validate(valid()), JSON.stringify(validate.errors)).toBe(true);
  });

  it('is read the same by another validator, whatever is wrong', { timeout: 60_000 }, () => {
    const other = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    const own = compile(schema as unknown as Schema);
    const random = createRandom(SEED);
    let wrong = 0;
    for (let i = 0; i < 500; i++) {
      const session = valid();
      mutateJson(session, random);
      const isSound = other(session);
      expect(own(session) === null, `${i}: ${JSON.stringify(other.errors)}`).toBe(isSound);
      if (!isSound) wrong++;
    }
    expect(wrong).toBeGreaterThan(200);
  });

  it('promises nothing that is not looked at', () => {
    expect(() => compile({ type: 'string', pattern: 'x' } as Schema)).toThrow('"pattern"');
  });
});

describe('a session that is wrong', () => {
  it.each([
    ['schemaVersion', 1, 'schemaVersion: this reads sessions of version 2, not 1.'],
    ['schemaVersion', undefined, 'This is no Transport Lens session: schemaVersion is missing.'],
    ['sources', undefined, 'sources: missing.'],
    ['channels.1.bytes.framing.value', '12', 'channels[1].bytes.framing.value: expected number or null, found "12".'],
    ['channels.0.transport', 'carrier-pigeon', 'channels[0].transport: expected one of '],
    ['channels.0.verdict.confidence', 1.5, 'channels[0].verdict.confidence: expected at most 1, found 1.5.'],
    ['channels.0.verdict.evidence', [{ kind: 'two-timers' }], 'channels[0].verdict.evidence[0].periodsMs: missing.'],
    ['channels.1.id', richLog().channels[0]!.id, 'channels[1].id: '],
    ['exchanges.2.startedAt', 1e300, 'exchanges[2].startedAt: expected at most 8640000000000000, found 1e+300.'],
    ['exchanges.0.channelId', 4000, 'exchanges[0].channelId: there is no channel 4000.'],
    ['exchanges.0.network.url', [], 'exchanges[0].network.url: expected string, found an array.'],
    ['exchanges.0.network.requestHeaders', [999], 'exchanges[0].network.requestHeaders[0]: there is no header 999.'],
    ['headers.0', ['name'], 'headers[0]: expected at least 2 items, found 1.'],
    ['messages.sent', [], 'messages.sent: expected 4 items, as in messages.at, found 0.'],
    ['messages.content.0', 7, 'messages.content[0]: expected string or object or null, found 7.'],
    ['messages.content.0', {}, 'messages.content[0].base64: missing.'],
    ['messages.channelId.1', 4000, 'messages.channelId[1]: there is no channel 4000.'],
  ])('is refused: %s is %j', (place, value, sentence) => {
    const check = () => checkSession(setAt(valid(), place, value));
    expect(check).toThrow(FileError);
    expect(check).toThrow(sentence);
  });

  it('is refused when it is cut short, with the place', () => {
    const text = JSON.stringify(valid());
    expect(() => parseSession(text.slice(0, 1000))).toThrow(/^This is no JSON: .*position 1000/);
  });

  it.each(['null', '7', '"x"', '[]', '{}'])('is refused when it is %s', (text) => {
    expect(() => parseSession(text)).toThrow('This is no Transport Lens session');
  });
});
