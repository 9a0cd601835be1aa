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

/** Chance words are shorter or have no digit among their letters. */
const LOOKS_RANDOM = /^(?=.*\d)(?=.*[a-z])[\w.~+/=:%-]{8,}$/i;

const plain = (name: string): string => name.toLowerCase().replace(/[-_.$[\]]/g, '');

/** Whether a value of that name is a secret: cookies, credentials, tokens, session ids. */
export function isSecret(name: string, value: string, place: NamePlace): boolean {
  const bare = plain(name);
  if (NEVER.test(bare)) return false;
  if (PERHAPS.test(bare)) return place === 'parameter' || LOOKS_RANDOM.test(value);
  return ALWAYS.test(bare);
}
