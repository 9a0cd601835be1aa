import { costsOf, rankHeaders } from '../../../core/charts/header-costs.ts';
import { bytes } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import type { ChartScope } from '../scope.ts';
import type { Figure } from '../spec.ts';

const DRAWN = 10;
const LISTED = 50;

/** Which headers cost most. Those of HTTP/2 are compressed on the way: these are their sizes before. */
export function headerCosts(scope: ChartScope): Figure {
  const ranked = rankHeaders(costs(scope), LISTED);
  const drawn = ranked.slice(0, DRAWN);
  const sides = [
    { label: t('header_requests'), color: scope.palette.header, of: (c: (typeof ranked)[number]) => c.requestBytes },
    { label: t('header_responses'), color: scope.palette.payload, of: (c: (typeof ranked)[number]) => c.responseBytes },
  ];
  return {
    spec: {
      type: 'ranked',
      sets: sides.map(({ label, color, of }) => ({
        label,
        color,
        points: drawn.map((cost, y) => ({ x: of(cost), y })),
      })),
      time: null,
      names: drawn.map(({ name }) => name),
      minTop: 1000,
      logFrom: null,
      formatAmount: bytes,
    },
    get table(): Figure['table'] {
      return {
        columns: [t('header_name'), ...sides.map(({ label }) => label)],
        rows: ranked.map((cost) => [cost.name, cost.requestBytes, cost.responseBytes]),
        format: (value) => (typeof value === 'string' ? value : bytes(value)),
      };
    },
  };
}

/** The sums that are kept; a range, and a file that does not keep them, are counted from the requests. */
function costs({ channels, log, from, to, isRange }: ChartScope) {
  if (!isRange && channels.some((channel) => channel.headerCosts.size > 0)) return channels;
  const ids = new Set(channels.map(({ id }) => id));
  const exchanges = channels.flatMap(({ id }) => log.history.exchanges.of(id)).flatMap(({ network }) => network ?? []);
  const handshakes = log.history.connections.filter((c) => ids.has(c.channelId)).flatMap((c) => c.handshakes);
  const entries = [...exchanges, ...handshakes];
  return [costsOf(isRange ? entries.filter(({ startedAt }) => startedAt >= from && startedAt <= to) : entries)];
}
