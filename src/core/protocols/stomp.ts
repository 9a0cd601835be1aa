import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, MAX_LABELS, PARSE_LIMIT, type Payload, type Protocol } from './protocol.ts';
import { textOfPayload } from './wire/bytes.ts';

/** https://stomp.github.io/stomp-specification-1.2.html, also 1.0 and 1.1. */
export const stomp: Protocol = {
  id: 'stomp',
  displayName: 'STOMP',
  claims: ({ subprotocol }) => /^v1[0-2]\.stomp$/.test(subprotocol),
  recognises: (payload) => FRAME.test(textOfPayload(payload, 2000)),
  decode: stompFrames,
};

const COMMANDS =
  'CONNECT|STOMP|CONNECTED|SEND|SUBSCRIBE|UNSUBSCRIBE|ACK|NACK|BEGIN|COMMIT|ABORT|DISCONNECT|MESSAGE|RECEIPT|ERROR';
/** A command and one header, or a command and the blank line after it. */
const FRAME = new RegExp(`^(?:${COMMANDS})\\r?\\n(?:[\\w-]{1,100}:[^\\n]{0,1000}\\n|\\r?\\n[^\\0]{0,500}\\0)`);
const COMMAND = new RegExp(`^(?:${COMMANDS})$`);
const END = '\0';

/** Labels of the frames in one message; line ends alone are the heartbeat. */
export function stompFrames(payload: Payload, direction: Direction): Label[] {
  const text = textOfPayload(payload, PARSE_LIMIT);
  const labels: Label[] = [];
  for (let at = skipLineEnds(text, 0); at < text.length && labels.length < MAX_LABELS; ) {
    const end = text.indexOf(END, at);
    const frame = read(text.slice(at, end < 0 ? undefined : end));
    if (frame === null) return labels;
    labels.push(ofFrame(frame, direction));
    at = end < 0 ? text.length : skipLineEnds(text, end + 1);
  }
  return labels.length === 0 && /^\r?\n/.test(text) ? [label('heartbeat', 'heartbeat')] : labels;
}

interface Frame {
  command: string;
  headers: Record<string, string>;
  body: string;
}

function read(text: string): Frame | null {
  const lines = text.indexOf('\n');
  const command = text.slice(0, lines < 0 ? undefined : lines).replace('\r', '');
  if (!COMMAND.test(command)) return null;
  const headers: Record<string, string> = Object.create(null);
  let at = lines + 1;
  while (at > 0 && at < text.length) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? undefined : newline).replace(/\r$/, '');
    at = newline + 1;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    // "If a client or a server receives repeated frame header entries, only the first header entry SHOULD be used"
    headers[unescaped(line.slice(0, colon))] ??= unescaped(line.slice(colon + 1));
  }
  return { command, headers, body: at > 0 ? text.slice(at) : '' };
}

function ofFrame(frame: Frame, direction: Direction): Label {
  const { command, headers } = frame;
  const role = command === 'MESSAGE' || command === 'SEND' ? 'data' : 'control';
  return label(
    role,
    command.toLowerCase(),
    headers.destination ?? headers.message ?? null,
    pair(frame, direction),
    frame,
  );
}

/** A receipt answers a frame that asked for it, CONNECTED the CONNECT; brokers pass `correlation-id` on from a request to its reply. */
function pair({ command, headers }: Frame, direction: Direction): string | null {
  if (command === 'CONNECT' || command === 'STOMP') return correlate('connect', direction, false);
  if (command === 'CONNECTED') return correlate('connect', direction, true);
  const receipt = headers['receipt-id'];
  if (receipt !== undefined) return correlate(receipt, direction, true);
  if (command === 'MESSAGE') return correlate(headers['correlation-id'], direction, true);
  return correlate(headers.receipt ?? headers['correlation-id'], direction, false);
}

const UNESCAPED: Record<string, string> = { '\\c': ':', '\\n': '\n', '\\r': '\r', '\\\\': '\\' };
const unescaped = (text: string): string =>
  text.includes('\\') ? text.replace(/\\[cnr\\]/g, (code) => UNESCAPED[code]!) : text;

function skipLineEnds(text: string, at: number): number {
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at;
}
