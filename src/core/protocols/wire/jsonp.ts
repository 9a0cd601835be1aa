import { decodeForm } from './url.ts';

/** What a JSONP script hands to its callback (`cb("…");` → the string, else the argument's text); other text as it is. */
export function unwrapScript(text: string): string {
  // Most text is not, and JSON tells by its end.
  const last = text.charCodeAt(text.length - 1);
  if (last === 93 || last === 125 || text.length < 4 || !CALL.test(text.slice(0, 100))) return text;
  const argument = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')).trim();
  if (argument[0] !== '"') return argument;
  try {
    return String(JSON.parse(argument));
  } catch {
    return text;
  }
}

/** The field `d` of a form by which transports without XMLHttpRequest post; other text as it is. */
export function unwrapForm(text: string): string {
  return text.startsWith('d=') ? decodeForm(text.slice(2)) : text;
}

/** A name of a function or `name[1]`, called; servers put before it what keeps the script from being taken for something else. */
const CALL = /^(?:\/\*\*\/\s*)?(?:typeof [\w$.]{1,60} === 'function' && )?[A-Za-z_$][\w$.]{0,60}(?:\[\d{1,6}\])?\(/;
