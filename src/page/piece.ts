import type { WireEvent } from '../protocol.ts';

type Piece = Extract<WireEvent, readonly ['chunk', ...unknown[]]>;

/**
 * Whether an event is a piece of the same body as the newest one, read at the same tick of the clock: then both are told as
 * one, and a page that reads many in a row pays for few.
 */
export function areOnePiece(newest: WireEvent, event: WireEvent): boolean {
  if (event[0] !== 'chunk' || newest[0] !== 'chunk' || newest[1] !== event[1] || newest[2] !== event[2]) return false;
  return isBytes(newest) && isBytes(event) && (newest[5] === null) === (event[5] === null);
}

/** A piece of nothing means something else, and XMLHttpRequest brings its text in the event itself. */
const isBytes = (piece: Piece): boolean => piece[3] > 0 && piece[4] === null;
