import type { Exchange, Header } from '../model.ts';

/** A request as it can be made again. */
export interface CopiedRequest {
  method: string;
  url: string;
  /** What the network log saw of it; empty when it saw nothing. */
  headers: readonly Header[];
  body: string | null;
}

/** Headers that whoever sends the request writes by itself. */
const AUTOMATIC = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'transfer-encoding']);

export function copiedRequest({ method, url, network, requestText }: Exchange): CopiedRequest {
  const headers = (network?.requestHeaders ?? []).filter(
    ([name]) => !name.startsWith(':') && !AUTOMATIC.has(name.toLowerCase()),
  );
  return { method, url, headers, body: network?.requestBody ?? requestText };
}
