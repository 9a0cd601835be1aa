import { apply } from '../../log.ts';
import type { Header } from '../../model.ts';
import { utf8 } from '../../protocols/wire/bytes.ts';
import { createLog, type Log } from '../../state.ts';
import { FileError } from '../file-error.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { type ReadEntry, readEntry } from './entry.ts';
import { Fields } from './fields.ts';
import { withoutStrings } from './json-bytes.ts';
import { createReplay, type Replay } from './replay.ts';
import { createHarScanner, type FoundEntry } from './scan.ts';
import { storyOf } from './stories.ts';

/** Reads a HAR as its bytes come, whoever wrote it, and lets the engine judge it as if it came live. */
export interface HarReader {
  /** Entries found so far. */
  readonly entries: number;
  /** @throws FileError naming the place that is wrong */
  feed(bytes: Uint8Array): void;
  /** The log of the whole file. @throws FileError when the file is not whole */
  finish(): Log;
}

export function createHarReader(): HarReader {
  let dialect: Dialect | null = null;
  const pageUrls = new Map<string, string>();
  const documents = new Set<string>();
  const intern = createInterner();
  let log: Log | null = null;
  let replay: Replay | null = null;
  let entries = 0;

  const scanner = createHarScanner({
    onMember(name, json) {
      const place = `log.${name}`;
      const value = parse(json, place);
      if (name === 'creator' && value !== null) dialect = dialectOf(new Fields(value, () => place).textOrNull('name'));
      if (name !== 'pages') return;
      for (const page of new Fields({ pages: value }, () => 'log').objects('pages'))
        pageUrls.set(page.text('id', ''), page.text('title', ''));
    },
    onEntry(found) {
      entries++;
      take(readFound(found), found.index);
    },
  });

  /** Bodies of a page's parts are most of many a file, and are not read at all. */
  function readFound({ json, index, at, longStrings }: FoundEntry): ReadEntry {
    const place = () => `log.entries[${index}]`;
    const read = (bytes: Uint8Array): ReadEntry => {
      const fields = new Fields(parse(bytes, `${place()} at byte ${at}`), place);
      // Chromium's own fields tell its entries where the creator comes after them.
      return readEntry(fields, dialect ?? dialectOf(fields.has('_initiator') ? 'WebInspector' : null));
    };
    if (longStrings.length === 0) return read(json);
    const headOnly = attempt(() => read(withoutStrings(json, longStrings)));
    return headOnly !== null && PART_OF_PAGE.has(headOnly.entry.resourceType) ? headOnly : read(json);
  }

  function take(read: ReadEntry, index: number): void {
    const { entry, pageref } = read;
    entry.requestHeaders = entry.requestHeaders.map(intern);
    entry.responseHeaders = entry.responseHeaders.map(intern);
    log ??= createLog(entry.startedAt);
    log.startedAt = Math.min(log.startedAt, entry.startedAt);
    replay ??= createReplay(log);
    const key = pageref ?? 'har';
    if (!documents.has(key)) {
      documents.add(key);
      const document = { key, frameId: 0, url: urlOf(pageUrls.get(key)) };
      apply(log, { kind: 'document', document, at: log.now });
    }
    replay.add(storyOf(read, key, index), entry.startedAt);
  }

  return {
    get entries() {
      return entries;
    },
    feed: scanner.feed,
    finish() {
      scanner.finish();
      replay?.finish();
      return log ?? createLog(0);
    },
  };
}

/** Kinds of request whose bodies are no news. */
const PART_OF_PAGE = new Set(['script', 'stylesheet', 'image', 'font', 'media', 'manifest', 'texttrack', 'preflight']);

/** Null when it fails: the whole is read then, and says why. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Chromium gives a page its URL for a title. */
const urlOf = (title = ''): string => (/^[a-z][a-z0-9+.-]*:/i.test(title) ? title : '');

function parse(json: Uint8Array, place: string): unknown {
  try {
    return JSON.parse(utf8(json));
  } catch (error) {
    throw new FileError(`${place}: this is no JSON: ${(error as Error).message}.`);
  }
}

/** Distinct headers kept: most requests of a page repeat those of the one before. */
const MAX_INTERNED = 20_000;

/** The same header is the same pair: 30 headers of 50,000 requests would else take 300 MB. */
function createInterner(): (header: Header) => Header {
  const known = new Map<string, Map<string, Header>>();
  let size = 0;
  return (header) => {
    const [name, value] = header;
    const values = known.get(name) ?? new Map<string, Header>();
    const same = values.get(value);
    if (same !== undefined) return same;
    if (size === MAX_INTERNED) return header;
    known.set(name, values.set(value, header));
    size++;
    return header;
  };
}
