import { headerList } from '../../../core/cdp/headers.ts';
import { requestHeadBytes } from '../../../core/cdp/request-head.ts';
import type { NetworkEntry } from '../../../core/model.ts';
import { utf8Bytes } from '../../../core/utf8.ts';
import type { CdpEvents } from './events.ts';

/** Heads of workers' requests as they crossed the wire: the network log reports those requests without. */
export interface Heads {
  /** An event of a worker, or of the page: some of what belongs to a dedicated worker's request is told to its page. */
  take(isWorker: boolean, method: string, event: object): void;
  /** Adds to an entry of the network log what it lacks of its heads. */
  complete(entry: NetworkEntry): void;
}

/** Hops of one request, and what was told of them: first to first. */
interface Request {
  hops: CdpEvents['Network.requestWillBeSent'][];
  sent: CdpEvents['Network.requestWillBeSentExtraInfo'][];
  received: CdpEvents['Network.responseReceivedExtraInfo'][];
}

/** Requests remembered, those of the page included: which is which is only known afterwards. */
const MAX_REQUESTS = 2000;
/** The network log cuts times off to a millisecond. */
const TOLERANCE_MS = 2;

export function createHeads(): Heads {
  const requests = new Map<string, Request>();

  function requestOf({ requestId }: { requestId: string }): Request {
    const known = requests.get(requestId) ?? { hops: [], sent: [], received: [] };
    if (!requests.has(requestId) && requests.size >= MAX_REQUESTS) requests.delete(requests.keys().next().value!);
    requests.set(requestId, known);
    return known;
  }

  return {
    take(isWorker, method, event) {
      if (isWorker && method === 'Network.requestWillBeSent') {
        const hop = event as CdpEvents[typeof method];
        requestOf(hop).hops.push(hop);
      } else if (method === 'Network.requestWillBeSentExtraInfo') {
        const sent = event as CdpEvents[typeof method];
        requestOf(sent).sent.push(sent);
      } else if (method === 'Network.responseReceivedExtraInfo') {
        const received = event as CdpEvents[typeof method];
        requestOf(received).received.push(received);
      }
    },
    complete(entry) {
      if (entry.requestHeaderBytes !== null || entry.httpVersion !== 'http/1.1') return;
      for (const { hops, sent, received } of requests.values()) {
        const i = hops.findIndex(({ request, wallTime }) => {
          const isSame = request.method === entry.method && request.url.split('#', 1)[0] === entry.url;
          return isSame && Math.abs(wallTime * 1000 - entry.startedAt) < TOLERANCE_MS;
        });
        if (i < 0) continue;
        const { headersText = '' } = received[i] ?? {};
        if (sent[i] !== undefined) {
          entry.requestHeaders = headerList(sent[i].headers);
          entry.requestHeaderBytes = requestHeadBytes(entry.method, entry.url, entry.requestHeaders);
        }
        if (headersText !== '') entry.responseHeaderBytes ??= utf8Bytes(headersText);
        return;
      }
    },
  };
}
