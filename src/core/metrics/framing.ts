/** Bytes that frame a payload on the wire: exact arithmetic on measured payloads, hence "derived". */

/** WebSocket frame header, RFC 6455 §5.2: client frames carry a 4-byte mask. */
export function webSocketFrameHeaderBytes(payloadBytes: number, masked: boolean): number {
  const length = payloadBytes <= 125 ? 2 : payloadBytes <= 65_535 ? 4 : 10;
  return length + (masked ? 4 : 0);
}

/**
 * Field names, colons, spaces and line ends of one event of a text/event-stream, besides its data
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html): `event: `, `id: `, one `data: ` a line, and the empty line.
 * Assumes LF and one space after each colon, as servers write them; `id` is null when the event brought none.
 */
export function eventStreamFramingBytes(event: string, id: string | null, data: string): number {
  let lines = 1;
  for (let at = data.indexOf('\n'); at >= 0; at = data.indexOf('\n', at + 1)) lines++;
  // The line ends within the data are payload already: each line but the last shares its '\n' with it.
  const dataLines = lines * 6 + 1;
  return (event === 'message' ? 0 : 7 + event.length + 1) + (id === null ? 0 : 4 + id.length + 1) + dataLines + 1;
}

/** Chunk header and trailer, RFC 9112 §7.1. */
export const chunkFramingBytes = (chunkBytes: number): number => chunkBytes.toString(16).length + 4;
