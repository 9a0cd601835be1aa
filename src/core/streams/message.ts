/** One message found in a streamed response. `type` is the SSE event name, else 'text'. */
export interface StreamMessage {
  type: string;
  text: string;
  lastEventId: string;
}

/** Takes the text of a response piece by piece, however it was cut, and hands on each message once it is whole. */
export interface StreamReader {
  feed(piece: string): void;
}

/** Text kept while a message is not whole; what grows beyond it is not a message stream and is given up. */
export const MAX_PENDING_CHARS = 1_000_000;
