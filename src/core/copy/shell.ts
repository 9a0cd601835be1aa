/**
 * One word for a POSIX shell, whatever is in it: within single quotes nothing is special but the quote itself
 * (POSIX.1-2017, Shell Command Language §2.2.2). A NUL can be in no argument and is left out.
 */
export function shellWord(text: string): string {
  const clean = text.replaceAll('\0', '');
  return /^[\w@%+:,./-]+$/.test(clean) ? clean : `'${clean.replaceAll("'", `'\\''`)}'`;
}
