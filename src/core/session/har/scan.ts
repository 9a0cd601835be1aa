import { FileError } from '../file-error.ts';
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  createByteBuffer,
  isSpace,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from './json-bytes.ts';
import { createValuePasser, type LongString } from './pass-value.ts';

/** What a HAR is cut into; each piece is JSON by itself, and there until the next one is asked for: its bytes are used again. */
export interface HarPieces {
  /** A member of `log` other than its entries. */
  onMember(name: string, json: Uint8Array): void;
  onEntry(entry: FoundEntry): void;
}

export interface FoundEntry {
  json: Uint8Array;
  index: number;
  /** Byte of the file at which it begins. */
  at: number;
  longStrings: readonly LongString[];
}

/** Finds the entries of a HAR in its bytes, however these were cut, without reading what is inside. */
export interface HarScanner {
  /** Bytes taken so far. */
  readonly at: number;
  /** @throws FileError naming the byte that does not belong there */
  feed(bytes: Uint8Array): void;
  /** @throws FileError when the file is not whole */
  finish(): void;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Members of `log` that are handed on; all else there (comments, whatever tools add) is passed over. */
const MEMBERS = new Set(['version', 'creator', 'browser', 'pages']);
/** A string in JavaScript cannot be much longer. */
const MAX_PIECE = 2 ** 28;
const MAX_KEY = 100;

type Expect = 'start' | 'key-or-end' | 'key' | 'in-key' | 'colon' | 'value' | 'in-value' | 'comma-or-end' | 'done';
/** Where the scanner stands: in the outermost object, in `log`, in its entries. */
type Level = 'file' | 'log' | 'entries';

export function createHarScanner({ onMember, onEntry }: HarPieces): HarScanner {
  let at = 0;
  let expect: Expect = 'start';
  const levels: Level[] = [];
  let key = '';
  let index = 0;
  let hasEntries = false;

  /** The value that is being passed over. */
  let valueAt = 0;
  const value = createValuePasser();
  let escaped = false;
  let isKept = false;
  /** Its bytes from earlier feeds. */
  const earlier = createByteBuffer();

  const level = (): Level | undefined => levels.at(-1);
  const wanted = (): boolean => level() === 'entries' || (level() === 'log' && MEMBERS.has(key));
  const place = (): string =>
    level() === 'entries'
      ? `log.entries[${index}]`
      : level() === 'log'
        ? key === ''
          ? 'log'
          : `log.${key}`
        : 'the file';

  function endValue(last: Uint8Array): void {
    expect = 'comma-or-end';
    if (!isKept) return;
    const json = earlier.length === 0 ? last : keep(last);
    if (level() === 'entries') onEntry({ json, index: index++, at: valueAt, longStrings: value.longStrings });
    else onMember(key, json);
  }

  /** What is kept is copied: the bytes may be reused by whoever reads the file. */
  function keep(part: Uint8Array): Uint8Array {
    if (earlier.length + part.length > MAX_PIECE) throw new FileError(`${place()} is larger than ${MAX_PIECE} bytes.`);
    return earlier.append(part);
  }

  function unexpected(byte: number, offset: number): never {
    const shown =
      byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `0x${byte.toString(16).padStart(2, '0')}`;
    const where = level() === undefined ? 'This is no HAR' : `In ${place()}`;
    throw new FileError(`${where}: unexpected ${shown} at byte ${offset}.`);
  }

  /** Takes one byte outside any value. */
  function step(byte: number, offset: number): void {
    switch (expect) {
      case 'start':
        if (byte === BYTE_ORDER_MARK[offset]) return;
        if (byte !== OPEN_OBJECT) unexpected(byte, offset);
        levels.push('file');
        expect = 'key-or-end';
        return;
      case 'key-or-end':
      case 'key':
        if (byte === QUOTE) {
          key = '';
          expect = 'in-key';
        } else if (byte === CLOSE_OBJECT && expect === 'key-or-end') leave();
        else unexpected(byte, offset);
        return;
      case 'colon':
        if (byte !== COLON) unexpected(byte, offset);
        expect = 'value';
        return;
      case 'comma-or-end': {
        const isList = level() === 'entries';
        if (byte === COMMA) expect = isList ? 'value' : 'key';
        else if (byte === (isList ? CLOSE_LIST : CLOSE_OBJECT)) leave();
        else unexpected(byte, offset);
        return;
      }
      default:
        unexpected(byte, offset);
    }
  }

  function leave(): void {
    levels.pop();
    key = '';
    expect = levels.length === 0 ? 'done' : 'comma-or-end';
  }

  /** Whether the value is one that is entered rather than passed over. */
  function enter(byte: number): boolean {
    if (level() === 'file' && key === 'log' && byte === OPEN_OBJECT) levels.push('log');
    else if (level() === 'log' && key === 'entries' && byte === OPEN_LIST) levels.push('entries');
    else return false;
    hasEntries ||= level() === 'entries';
    expect = level() === 'entries' ? 'value' : 'key-or-end';
    key = '';
    return true;
  }

  return {
    get at() {
      return at;
    },
    feed(bytes) {
      for (let i = 0; i < bytes.length; ) {
        const byte = bytes[i]!;
        if (expect === 'in-value') {
          const end = value.pass(bytes, at, i);
          if (end < 0) {
            if (isKept) keep(bytes.subarray(i));
            break;
          }
          endValue(bytes.subarray(i, end));
          i = end;
        } else if (expect === 'in-key') {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) expect = 'colon';
          // Long names and those with escapes are none that is looked for.
          else if (key.length < MAX_KEY) key += String.fromCharCode(byte);
          i++;
        } else if (isSpace(byte)) i++;
        else if (expect === 'value') {
          if (byte === CLOSE_LIST && level() === 'entries' && index === 0) {
            leave();
            i++;
          } else if (enter(byte)) i++;
          else if (byte === COMMA || byte === COLON || byte === CLOSE_OBJECT || byte === CLOSE_LIST)
            unexpected(byte, at + i);
          else {
            expect = 'in-value';
            valueAt = at + i;
            value.begin(valueAt);
            isKept = wanted();
            earlier.clear();
          }
        } else {
          step(byte, at + i);
          i++;
        }
      }
      at += bytes.length;
    },
    finish() {
      if (at === 0) throw new FileError('The file is empty.');
      if (expect !== 'done') throw new FileError(`The file ends at byte ${at}, in the middle of ${place()}.`);
      if (!hasEntries) throw new FileError('This is no HAR: it has no log.entries.');
    },
  };
}
