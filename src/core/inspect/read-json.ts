import { readJson as readHead } from '../protocols/wire/json.ts';

/** A JSON value, and what kind of text it was read from. */
export interface ReadJson {
  value: unknown;
  /** head: the text is cut off, and only its complete members are here · lines: one value a line, read as a list. */
  from: 'whole' | 'head' | 'lines';
}

/** Objects, lists, and one such a line; null for anything else. A cut-off text gives what its beginning holds. */
export function readJson(text: string): ReadJson | null {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return null;
  const whole = parse(text);
  if (whole !== undefined) return { value: whole, from: 'whole' };
  const lines = readLines(text);
  if (lines !== null) return { value: lines, from: 'lines' };
  const head = readHead(text);
  return head === undefined ? null : { value: head, from: 'head' };
}

function readLines(text: string): unknown[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return null;
  const values: unknown[] = [];
  for (const line of lines) {
    const value = parse(line);
    if (value === undefined) return null;
    values.push(value);
  }
  return values;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
