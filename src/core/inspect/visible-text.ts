/**
 * Characters that a reader cannot see, or that turn the text around them: controls, directional marks and overrides
 * (https://www.unicode.org/reports/tr9/), zero-width spaces, line separators, tags, and halves of surrogate pairs. Joiners stay:
 * scripts and emoji need them.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is sought.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text in which nothing is hidden: such characters are written as JavaScript writes them, `\u202e`. Lines and tabs stay. */
export const visibleText = (text: string): string => text.replace(HIDDEN, escaped);

/** The same on one line of at most `maxChars` characters of the text. */
export function visibleLine(text: string, maxChars: number): string {
  const head = text.length > maxChars ? text.slice(0, wholeCharacters(text, maxChars)) : text;
  return visibleText(head.replace(/\r\n?|\n/g, '↵').replace(/\t/g, ' '));
}

/** So many characters, less one where the cut would go through a pair. */
function wholeCharacters(text: string, chars: number): number {
  const last = text.charCodeAt(chars - 1);
  return last >= 0xd800 && last <= 0xdbff ? chars - 1 : chars;
}

function escaped(hidden: string): string {
  if (hidden.length === 2) return `\\u{${hidden.codePointAt(0)!.toString(16)}}`;
  return `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
