import { shareComparison, sizeOf, timeComparison } from './amount.ts';
import { aboutChannel, aboutExchanges, type Condition } from './condition.ts';
import { directionCondition, eventCondition, headerCondition, sizeCondition, urlCondition } from './row-conditions.ts';
import { STATES } from './states.ts';
import type { TextTest } from './text-test.ts';
import { hostOf, schemeOf } from './url.ts';

/** Makes a term of the value behind a key; null: the value cannot be understood. `text` finds the value in other text. */
type Read = (value: string, text: TextTest) => Condition | null;

/** All keys, in the order in which they are suggested. */
export const KEYS: Record<string, Read> = {
  transport: (value) => aboutChannel(({ report }) => (report.transport ?? 'undecided') === value.toLowerCase()),
  protocol: (_value, text) =>
    aboutChannel(
      ({ report, protocolName }) =>
        (report.protocol !== null && text.test(report.protocol)) || (protocolName !== null && text.test(protocolName)),
    ),
  is: (value) => STATES.get(value.toLowerCase()) ?? null,
  dir: (value) => directionCondition(value.toLowerCase()),
  event: (_value, text) => eventCondition(text),
  wasted: (value) => {
    const comparison = shareComparison(value);
    return (
      comparison &&
      aboutChannel(({ report: { wastedTotal, useful } }) => {
        const judged = wastedTotal + useful;
        return judged > 0 && comparison.holds(wastedTotal / judged);
      })
    );
  },
  interval: (value) => {
    const comparison = timeComparison(value);
    return (
      comparison &&
      aboutChannel(({ intervalMs }) => {
        const ms = intervalMs();
        return ms !== null && comparison.holds(ms);
      })
    );
  },
  url: (_value, text) => urlCondition(text),
  domain: (value) => {
    const host = wildcard(value);
    return aboutChannel(({ report }) => host.test(hostOf(report.sampleUrl)));
  },
  scheme: (value) => aboutChannel(({ report }) => schemeOf(report.sampleUrl) === value.toLowerCase()),
  method: (value) => aboutChannel(({ report }) => report.method === value.toUpperCase()),
  'status-code': (value) => {
    if (!/^[1-5](\d\d|xx)$/i.test(value)) return null;
    const isSought = (status: number | null) =>
      status !== null && (/xx$/i.test(value) ? String(status)[0] === value[0] : status === Number(value));
    return aboutExchanges(
      ({ network, status }) => isSought(network?.status || status),
      ({ connections }) => connections().some(({ handshakes }) => handshakes.some((h) => isSought(h.status))),
    );
  },
  'mime-type': (_value, text) => {
    const isSought = (type: string | null) => type !== null && text.test(type);
    return aboutExchanges(
      ({ contentType, network }) => isSought(contentType ?? network?.contentType ?? null),
      ({ connections }) => connections().some(({ handshakes }) => handshakes.some((h) => isSought(h.contentType))),
    );
  },
  'has-response-header': (value) => headerCondition(value.toLowerCase()),
  'larger-than': (value) => {
    const bytes = sizeOf(value);
    return bytes === null ? null : sizeCondition(bytes);
  },
};

export const isKey = (name: string): boolean => Object.hasOwn(KEYS, name);

/** `*.example.com`, as DevTools' own filter takes it. */
const wildcard = (value: string): RegExp =>
  new RegExp(`^${value.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*')}$`, 'i');
