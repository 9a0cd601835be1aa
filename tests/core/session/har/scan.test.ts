import { describe, expect, it } from 'vitest';
import { FileError } from '../../../../src/core/session/file-error.ts';
import { createHarScanner } from '../../../../src/core/session/har/scan.ts';

function scan(text: string | Uint8Array, pieceBytes = 1_000_000) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const entries: unknown[] = [];
  const places: number[] = [];
  const members: Record<string, unknown> = {};
  const read = (json: Uint8Array) => JSON.parse(new TextDecoder().decode(json));
  const scanner = createHarScanner({
    onMember: (name, json) => {
      members[name] = read(json);
    },
    onEntry: ({ json, index, at }) => {
      expect(index).toBe(entries.length);
      entries.push(read(json));
      places.push(at);
    },
  });
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.slice(at, at + pieceBytes);
    scanner.feed(piece);
    // Whoever reads a file may use its memory again.
    piece.fill(0);
  }
  scanner.finish();
  return { entries, members, places };
}

const ENTRIES = [
  { text: 'brackets ]}{[ and "quotes" and \\ in text', nested: [[{}], { a: [1, '\\"'] }] },
  {},
  { 한국어: '안녕 👋', n: -1.5e3 },
  { escapes: '\\\\', last: '\\' },
];
const HAR = `\ufeff {"_ex\\"tra": {"entries": [1]}, "log" : {"version":"1.2", "comment": "x", "creator":{"name":"a"},
  "entries": [ ${ENTRIES.map((entry) => JSON.stringify(entry)).join(' ,\n')} ] , "pages":[], "n":12}, "after":true}
`;

describe('the entries of a HAR', () => {
  it.each(Array.from({ length: 40 }, (_, i) => i + 1))('are found when its bytes come %i at a time', (pieceBytes) => {
    const { entries, members } = scan(HAR, pieceBytes);
    expect(entries).toEqual(ENTRIES);
    expect(members).toEqual({ version: '1.2', creator: { name: 'a' }, pages: [] });
  });

  it('come with the byte at which each begins', () => {
    const bytes = Buffer.from(HAR);
    const begins = scan(HAR).places.map((at) =>
      JSON.stringify(ENTRIES.find((entry) => bytes.subarray(at).toString().startsWith(JSON.stringify(entry)))),
    );
    expect(begins).toEqual(ENTRIES.map((entry) => JSON.stringify(entry)));
  });

  it('may be none', () => {
    expect(scan('{"log":{"entries":[]}}').entries).toEqual([]);
  });

  it('may be no objects: that is for the reader to say', () => {
    expect(scan('{"log":{"entries":[1, "two",null,[3] ,true]}}').entries).toEqual([1, 'two', null, [3], true]);
  });
});

describe('a file that is no whole HAR', () => {
  it.each([
    ['', 'The file is empty.'],
    ['  ', 'The file ends at byte 2, in the middle of the file.'],
    ['hello', 'This is no HAR: unexpected "h" at byte 0.'],
    ['[]', 'This is no HAR: unexpected "[" at byte 0.'],
    ['<html>', 'This is no HAR: unexpected "<" at byte 0.'],
    ['{}', 'This is no HAR: it has no log.entries.'],
    ['{"log":[]}', 'This is no HAR: it has no log.entries.'],
    ['{"log":{"entries":{}}}', 'This is no HAR: it has no log.entries.'],
    ['{"log":{"entries":[{}]}', 'The file ends at byte 23, in the middle of the file.'],
    ['{"log":{"entries":[{},{"a":"b', 'The file ends at byte 29, in the middle of log.entries[1].'],
    ['{"log":{"entries":[{}{}]}}', 'In log.entries[1]: unexpected "{" at byte 21.'],
    ['{"log":{"entries":[{},]}}', 'In log.entries[1]: unexpected "]" at byte 22.'],
    ['{"log":{"creator"{}}}', 'In log.creator: unexpected "{" at byte 17.'],
    ['{"log":{"creator":{},,"entries":[]}}', 'In log.creator: unexpected "," at byte 21.'],
    ['{"log":{"entries":[]}} x', 'This is no HAR: unexpected "x" at byte 23.'],
    ['{"log" "entries"}', 'In the file: unexpected """ at byte 7.'],
  ])('is refused: %s', (text, sentence) => {
    for (const pieceBytes of [1, 3, 1000]) {
      expect(() => scan(text, pieceBytes)).toThrow(FileError);
      expect(() => scan(text, pieceBytes)).toThrow(sentence);
    }
  });

  it('is refused when it is written in UTF-16', () => {
    expect(() => scan(Buffer.from('\ufeff{"log":{}}', 'utf16le'))).toThrow('unexpected 0xff at byte 0');
  });
});
