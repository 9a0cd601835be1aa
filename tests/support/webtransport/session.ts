import { readVarint, varint } from './varint.ts';

/** What a session needs of its QUIC connection. */
export interface Wire {
  /** Appends to a stream; `fin` ends it. */
  write(stream: number, bytes: Buffer, fin: boolean): void;
  datagram(bytes: Buffer): void;
}

/* https://www.rfc-editor.org/rfc/rfc9114#section-7.2 and https://www.ietf.org/archive/id/draft-ietf-webtrans-http3-02.html */
const CONTROL_STREAM = 0x00;
const UNI_STREAM = 0x54;
const BIDI_STREAM = 0x41;
const DATA_FRAME = 0x00;
const HEADERS_FRAME = 0x01;
const SETTINGS_FRAME = 0x04;
const CLOSE_CAPSULE = 0x2843;
const SETTINGS: [number, number][] = [
  [0x01, 0],
  [0x07, 0],
  [0x08, 1],
  [0x33, 1],
  [0xffd277, 1],
  [0x2b603742, 1],
];
const FIRST_UNI = 3;
const FIRST_BIDI = 1;

/** `:status: 200` and the draft's header, as QPACK writes them without its dynamic table (RFC 9204). */
const name = Buffer.from('sec-webtransport-http3-draft');
const value = Buffer.from('draft02');
const OK = Buffer.concat([Buffer.from([0, 0, 0xd9, 0x27, name.length - 7]), name, Buffer.from([value.length]), value]);

/**
 * The server's side of one WebTransport session. It echoes every datagram and every stream, a one-way stream on one of its own.
 * A datagram may be an order: `open` makes it open a stream that says "from the server", `close` end the session with 4321.
 */
export function createSession(wire: Wire) {
  const streams = new Map<number, { head: Buffer; kind: 'uni' | 'bidi' | 'other' | null; body: Buffer }>();
  let connectStream = 0;
  let nextUni = FIRST_UNI;
  let nextBidi = FIRST_BIDI;

  const settings = Buffer.concat(SETTINGS.flatMap(([key, n]) => [varint(key), varint(n)]));
  wire.write(
    takeUni(),
    Buffer.concat([varint(CONTROL_STREAM), varint(SETTINGS_FRAME), varint(settings.length), settings]),
    false,
  );

  function takeUni(): number {
    nextUni += 4;
    return nextUni - 4;
  }

  /** Reads the type of a stream the client opened, which stands before what it says. */
  function kindOf(stream: number, head: Buffer): { kind: 'uni' | 'bidi' | 'other'; from: number } | null {
    const type = readVarint(head, 0);
    if (type === null) return null;
    const isUni = (stream & 2) !== 0;
    if (type.value === (isUni ? UNI_STREAM : BIDI_STREAM)) {
      const session = readVarint(head, type.end);
      return session === null ? null : { kind: isUni ? 'uni' : 'bidi', from: session.end };
    }
    if (!isUni && type.value === HEADERS_FRAME) {
      connectStream = stream;
      wire.write(stream, Buffer.concat([varint(HEADERS_FRAME), varint(OK.length), OK]), false);
    }
    return { kind: 'other', from: head.length };
  }

  function close(): void {
    const reason = Buffer.concat([Buffer.from([0, 0, 0x10, 0xe1]), Buffer.from('good bye')]);
    const capsule = Buffer.concat([varint(CLOSE_CAPSULE), varint(reason.length), reason]);
    wire.write(connectStream, Buffer.concat([varint(DATA_FRAME), varint(capsule.length), capsule]), true);
  }

  return {
    onStream(id: number, bytes: Buffer, fin: boolean): void {
      const stream = streams.get(id) ?? { head: Buffer.alloc(0), kind: null, body: Buffer.alloc(0) };
      streams.set(id, stream);
      let more = bytes;
      if (stream.kind === null) {
        stream.head = Buffer.concat([stream.head, bytes]);
        const kind = kindOf(id, stream.head);
        if (kind === null) return;
        stream.kind = kind.kind;
        more = stream.head.subarray(kind.from);
      }
      if (stream.kind === 'bidi') wire.write(id, more, fin);
      if (stream.kind !== 'uni') return;
      stream.body = Buffer.concat([stream.body, more]);
      if (fin) wire.write(takeUni(), Buffer.concat([varint(UNI_STREAM), varint(connectStream), stream.body]), true);
    },
    onDatagram(bytes: Buffer): void {
      const quarter = readVarint(bytes, 0);
      if (quarter === null) return;
      const order = bytes.subarray(quarter.end).toString();
      if (order === 'close') return close();
      if (order === 'open') {
        const opening = Buffer.concat([varint(BIDI_STREAM), varint(connectStream), Buffer.from('from the server')]);
        wire.write(nextBidi, opening, false);
        nextBidi += 4;
      } else wire.datagram(bytes);
    },
  };
}
