import type { Header } from '../../model.ts';
import { findSecrets, findSecretsInUrl, type Secret, type SecretKind } from './find.ts';
import { looksRandom, secrecyOf } from './names.ts';

/** So many secrets of one kind under one name. */
export interface Removal {
  kind: SecretKind;
  /** Name of the header, parameter or field; '' for what its form gave away. */
  where: string;
  count: number;
}

/** Takes secrets out of what is exported. The same secret becomes the same word, so that what belonged together still does. */
export interface Redactor {
  text(text: string): string;
  url(url: string): string;
  header(header: Header): Header;
  /** Bytes keep their number: secrets are overwritten. */
  bytes(bytes: Uint8Array): Uint8Array;
  removals(): Removal[];
}

/** For an export that was asked for as it is. */
export const KEEP_ALL: Redactor = {
  text: (text) => text,
  url: (url) => url,
  header: (header) => header,
  bytes: (bytes) => bytes,
  removals: () => [],
};

/** What an earlier export took out stays as it is. */
const REDACTED = /^redacted-\d+$/;
const FILLER = 0x78;

export function createRedactor(): Redactor {
  const words = new Map<string, string>();
  const counts = new Map<string, Removal>();

  function count({ kind, where }: Pick<Secret, 'kind' | 'where'>): void {
    const key = `${kind} ${where.toLowerCase()}`;
    const removal = counts.get(key) ?? { kind, where: where.toLowerCase(), count: 0 };
    removal.count++;
    counts.set(key, removal);
  }
  function wordFor(secret: string): string {
    let word = words.get(secret);
    if (word === undefined) {
      word = `redacted-${words.size + 1}`;
      words.set(secret, word);
    }
    return word;
  }
  function replace(text: string, secrets: readonly Secret[]): string {
    if (secrets.length === 0) return text;
    let replaced = '';
    let from = 0;
    for (const secret of secrets) {
      const value = text.slice(secret.start, secret.end);
      if (REDACTED.test(value)) continue;
      count(secret);
      replaced += text.slice(from, secret.start) + (secret.isNumber ? '0' : wordFor(value));
      from = secret.end;
    }
    return replaced + text.slice(from);
  }

  const redactor: Redactor = {
    text: (text) => replace(text, findSecrets(text)),
    url: (url) => replace(url, findSecretsInUrl(url)),
    header(header) {
      const [name, value] = header;
      if (REDACTED.test(value)) return header;
      const secrecy = secrecyOf(name, 'header');
      if (secrecy === 'always' || (secrecy === 'if-random' && looksRandom(value))) {
        count({ kind: 'header', where: name });
        return [name, wordFor(value)];
      }
      const kept =
        /^[a-z][a-z0-9+.-]*:\/\//i.test(value) || value.startsWith('/') ? redactor.url(value) : redactor.text(value);
      return kept === value ? header : [name, kept];
    },
    bytes(bytes) {
      const secrets = findSecrets(latin1(bytes));
      if (secrets.length === 0) return bytes;
      const copy = bytes.slice();
      for (const secret of secrets) {
        count(secret);
        copy.fill(FILLER, secret.start, secret.end);
      }
      return copy;
    },
    removals: () => [...counts.values()].sort((a, b) => b.count - a.count),
  };
  return redactor;
}

const PIECE = 8192;

/** One character a byte, so that places in the text are places in the bytes. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += PIECE) text += String.fromCharCode(...bytes.subarray(i, i + PIECE));
  return text;
}
