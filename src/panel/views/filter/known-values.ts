import type { KnownValues } from '../../../core/filter/suggest.ts';
import { hostOf, schemeOf } from '../../../core/filter/url.ts';
import { mediaTypeOf } from '../../../core/media-type.ts';
import type { Store } from '../../store.ts';

/** Exchanges of a channel whose statuses and types are offered. */
const LAST_EXCHANGES = 50;

/** What was seen of each kind of value, for suggestions. */
export function knownValues({ channels, log, events }: Store): KnownValues {
  const reports = channels.peek();
  const exchanges = reports.flatMap(({ id }) => log.history.exchanges.of(id).slice(-LAST_EXCHANGES));
  const headers = log.channels.flatMap(({ headerCosts }) =>
    [...headerCosts].filter(([, { responseBytes }]) => responseBytes > 0).map(([name]) => name),
  );
  return {
    transport: distinct(reports.map(({ transport }) => transport ?? 'undecided')),
    protocol: distinct(reports.map(({ protocol }) => protocol)),
    event: distinct(reports.flatMap(({ id }) => [...events.of(id)])),
    domain: distinct(reports.map(({ sampleUrl }) => hostOf(sampleUrl))),
    scheme: distinct(reports.map(({ sampleUrl }) => schemeOf(sampleUrl))),
    method: distinct(reports.map(({ method }) => method)),
    'status-code': distinct(exchanges.map(({ network, status }) => String(network?.status || (status ?? '')))),
    'mime-type': distinct(exchanges.map(({ contentType }) => mediaTypeOf(contentType))),
    'has-response-header': distinct(headers),
  };
}

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values)].filter((value) => value !== null && value !== '').sort() as string[];
