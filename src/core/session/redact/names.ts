/** Where a name stands decides how much is needed to take its value for a secret. */
export type NamePlace = 'header' | 'parameter' | 'field';

/** Part of such a name is enough, wherever it stands. Compared without case and separators: `X-Api-Key` is `xapikey`. */
const ALWAYS =
  /passw(or)?d|passphrase|passcode|secret|credential|api_?key|(access|private|auth|session|encryption|subscription)key|authorization|sess(ion)?id|jwt|bearer|[cx]srf|cookie|token$|^(pwd|otp)$/;
/** Says where a reader stands or how much something costs, not who asks. */
const NEVER =
  /(page|next|prev(ious)?|continuation|cursor|sync|resume|cancel(lation)?|max|total|prompt|completion|input|output)token$|^secwebsocket|^(proxy|www)authenticate$/;
/** Is a secret as a parameter of a URL; as a field of JSON it often is a plain word, so its value must look like one. */
const PERHAPS = /^(key|sig|signature|auth|sid|session|ticket|code|hmac|authkey)$/;

const plain = (name: string): string => name.toLowerCase().replace(/[-_.$[\]]/g, '');

/** Whether a value of that name is a secret: always, if it looks like one, or never. */
export function secrecyOf(name: string, place: NamePlace): 'always' | 'if-random' | 'never' {
  const bare = plain(name);
  if (NEVER.test(bare)) return 'never';
  if (PERHAPS.test(bare)) return place === 'parameter' ? 'always' : 'if-random';
  return ALWAYS.test(bare) ? 'always' : 'never';
}

/** Chance words are shorter or have no digit among their letters. */
const LOOKS_RANDOM = /^(?=.*\d)(?=.*[a-z])[\w.~+/=:%-]{8,}$/i;
/** Characters of a value from which it is told. */
const MAX_JUDGED = 200;

export const looksRandom = (value: string): boolean => LOOKS_RANDOM.test(value.slice(0, MAX_JUDGED));
