import type { Channel } from '../channels.ts';
import { countHeaders } from '../headers.ts';
import type { NetworkEntry } from '../model.ts';

/** What one header cost on the wire in all, in bytes. */
export interface HeaderCost {
  name: string;
  requestBytes: number;
  responseBytes: number;
}

/** The headers that cost most, both ways together, dearest first. */
export function rankHeaders(channels: readonly Pick<Channel, 'headerCosts'>[], limit: number): HeaderCost[] {
  const sums = new Map<string, HeaderCost>();
  for (const { headerCosts } of channels) {
    for (const [name, { requestBytes, responseBytes }] of headerCosts) {
      const sum = sums.get(name) ?? { name, requestBytes: 0, responseBytes: 0 };
      sum.requestBytes += requestBytes;
      sum.responseBytes += responseBytes;
      sums.set(name, sum);
    }
  }
  const total = (cost: HeaderCost) => cost.requestBytes + cost.responseBytes;
  return [...sums.values()].sort((a, b) => total(b) - total(a)).slice(0, limit);
}

/** The same of some requests alone: of a range, or of a file, which keeps the requests but not the sums. */
export function costsOf(entries: readonly NetworkEntry[]): Pick<Channel, 'headerCosts'> {
  const costs: Pick<Channel, 'headerCosts'> = { headerCosts: new Map() };
  for (const entry of entries) if (!entry.fromCache) countHeaders(costs.headerCosts, entry);
  return costs;
}
