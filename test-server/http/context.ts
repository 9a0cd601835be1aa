import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Run } from '../run.ts';
import type { Runs } from '../runs.ts';
import { HttpError } from './errors.ts';

/** One request on its way through a route. Over HTTP/2, Node's compatibility objects stand in for these types. */
export interface Context {
  request: IncomingMessage;
  reply: ServerResponse;
  path: string;
  params: URLSearchParams;
  /** The `:name` parts of the route's path. */
  parts: Record<string, string>;
  runs: Runs;
}

export interface Route {
  method: 'GET' | 'POST';
  /** Segments that begin with a colon match anything. */
  path: string;
  /** May throw HttpError, at once or by promise, as long as no head was sent. */
  handle(context: Context): void | Promise<void>;
}

export const NO_STORE = { 'Cache-Control': 'no-store' } as const;

/** Sends a complete JSON answer. */
export function sendJson(
  reply: ServerResponse,
  status: number,
  json: string,
  headers: Record<string, string | number> = NO_STORE,
): void {
  reply.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(json),
    ...headers,
  });
  reply.end(json);
}

/** Plays the run's error rate. @throws HttpError 500 for its share of requests. */
export function failAtRate(run: Run): void {
  if (run.faults.errorRate > 0 && run.random() < run.faults.errorRate) {
    throw new HttpError(500, 'this error is part of the scenario (errorRate)');
  }
}
