import type { Ledger } from '../ledger.ts';
import type { Technique } from '../techniques.ts';

/** Follows the bytes of one connection, whatever it speaks. `inbound` is from the page, `outbound` to it. */
export interface Connection {
  inbound(chunk: Buffer): void;
  outbound(chunk: Buffer): void;
  close(): void;
}

/** Where a request counts, found from its target (path and query); null: nowhere. */
export type Locate = (target: string) => { ledger: Ledger; technique: Technique } | null;
