import { type CdpRequest, type CdpResponse, responseEntry } from '../../../core/cdp/response.ts';
import { isComparable } from '../comparable.ts';
import type { Handlers } from './events.ts';
import type { WorkerTools } from './worker.ts';

interface Request {
  type: string;
  request: CdpRequest;
  timestamp: number;
  startedAt: number;
  response: CdpResponse | null;
  respondedAt: number;
  contentBytes: number;
}

/** Requests of a worker that DevTools' own network log does not know, as entries of one. */
export function readResponses({ clock, command, onEntry }: WorkerTools): Handlers {
  const requests = new Map<string, Request>();

  async function bodyOf(requestId: string): Promise<string | null> {
    const answer = await command('Network.getResponseBody', { requestId }).catch(() => null);
    const { body, base64Encoded } = (answer ?? {}) as { body?: string; base64Encoded?: boolean };
    return base64Encoded === true ? null : (body ?? null);
  }

  async function end(requestId: string, timestamp: number, endBytes: number | null): Promise<void> {
    const known = requests.get(requestId);
    requests.delete(requestId);
    if (known === undefined || known.response === null) return;
    const course = { ...known, endedAt: clock.wall(timestamp), endBytes, redirectUrl: null, body: null };
    const entry = responseEntry(known.request, known.response, course);
    if (endBytes !== null && isComparable(entry)) entry.body = await bodyOf(requestId);
    onEntry(entry);
  }

  return {
    'Network.requestWillBeSent'({ requestId, timestamp, wallTime, type = 'Other', request, redirectResponse }) {
      const startedAt = wallTime * 1000;
      const before = requests.get(requestId);
      if (before !== undefined && redirectResponse !== undefined) {
        const { encodedDataLength: endBytes } = redirectResponse;
        const times = { respondedAt: startedAt, endedAt: startedAt, endBytes, contentBytes: null };
        onEntry(
          responseEntry(before.request, redirectResponse, {
            ...before,
            ...times,
            redirectUrl: request.url,
            body: null,
          }),
        );
      }
      requests.set(requestId, {
        type,
        request,
        timestamp,
        startedAt,
        response: null,
        respondedAt: startedAt,
        contentBytes: 0,
      });
    },
    'Network.responseReceived'({ requestId, timestamp, response }) {
      const known = requests.get(requestId);
      if (known === undefined) return;
      known.response = response;
      known.respondedAt = clock.wall(timestamp);
    },
    'Network.dataReceived'({ requestId, dataLength }) {
      const known = requests.get(requestId);
      if (known !== undefined) known.contentBytes += dataLength;
    },
    'Network.loadingFinished': ({ requestId, timestamp, encodedDataLength }) =>
      void end(requestId, timestamp, encodedDataLength),
    'Network.loadingFailed': ({ requestId, timestamp }) => void end(requestId, timestamp, null),
  };
}
