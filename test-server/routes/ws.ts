import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ServerEvent } from '../history.ts';
import { MAX_BODY_BYTES } from '../http/body.ts';
import { HttpError } from '../http/errors.ts';
import { encodeFrame } from '../http/frame.ts';
import { choiceParam, flagParam, numberParam } from '../http/params.ts';
import { parseTarget } from '../http/router.ts';
import type { Run } from '../run.ts';
import type { Runs } from '../runs.ts';
import type { TapSocket } from '../tap/socket.ts';
import { OPCODE } from '../tap/web-socket.ts';
import { createFormat, MAX_QUEUED_BYTES, resumePoint } from './stream-reply.ts';

/** The one subprotocol spoken here; asking for another alone gets none, and the browser then fails (RFC 6455 §4.2.2). */
export const SUBPROTOCOL = 'transport-lens.v1';

/** Payloads below this stay as they are: deflate would lengthen them. `ws` has the same default. */
const DEFLATE_THRESHOLD_BYTES = 0;

const asJson = createFormat(({ json }) => json);
const textFrame = createFormat(({ json }) => encodeFrame(OPCODE.text, Buffer.from(json)));
const binaryFrame = createFormat(({ json }) => encodeFrame(OPCODE.binary, Buffer.from(json)));

interface Options {
  run: Run;
  format: 'text' | 'binary';
  mode: 'events' | 'echo' | 'publish';
  pingMs: number;
  closeCode: number;
  missed: ServerEvent[];
}

/**
 * Answers upgrades at `/ws`. Query: `format=text|binary`; `mode=events` (news only), `echo` (sends back what it gets) or
 * `publish` (what it gets becomes an event for all); `deflate=1` offers permessage-deflate; `ping` ms; `since` replays;
 * `closeCode` closes at once with that code. Closes with 1009 beyond 64 kB.
 */
export function createWebSocketRoute(runs: Runs) {
  const options = {
    noServer: true,
    maxPayload: MAX_BODY_BYTES,
    handleProtocols: (offered: Set<string>) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false) as string | false,
  };
  const plain = new WebSocketServer({ ...options, perMessageDeflate: false });
  const deflating = new WebSocketServer({ ...options, perMessageDeflate: { threshold: DEFLATE_THRESHOLD_BYTES } });

  return (request: IncomingMessage, socket: TapSocket, head: Buffer): void => {
    try {
      const { path, params } = parseTarget(request.url ?? '');
      if (path !== '/ws') throw new HttpError(404, `there is no WebSocket at ${path.slice(0, 100)}`, 'path');
      const accepted = readOptions(runs, params);
      const server = flagParam(params, 'deflate') ? deflating : plain;
      server.handleUpgrade(request, socket, head, (client) => serve(client, socket, accepted));
    } catch (error) {
      refuse(socket, error instanceof HttpError ? error : new HttpError(500, 'the server made a mistake'));
    }
  };
}

function readOptions(runs: Runs, params: URLSearchParams): Options {
  const run = runs.ofQuery(params);
  if (run.faults.refuseUpgrades) throw new HttpError(403, 'this refusal is part of the scenario (refuseUpgrades)');
  const since = resumePoint(run, params);
  return {
    run,
    format: choiceParam(params, 'format', ['text', 'binary']),
    mode: choiceParam(params, 'mode', ['events', 'echo', 'publish']),
    pingMs: numberParam(params, 'ping', { default: 0, min: 0, max: 60_000 }),
    closeCode: closeCodeParam(params),
    missed: since === null ? [] : run.history.after(since),
  };
}

/** RFC 6455 §7.4: the codes an endpoint may send; 0 stands for none. */
function closeCodeParam(params: URLSearchParams): number {
  const code = numberParam(params, 'closeCode', { default: 0, min: 0, max: 4999, integer: true });
  const mayBeSent = code === 0 || (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000;
  if (!mayBeSent) throw new HttpError(400, `"closeCode" ${code} is not one an endpoint may send`, 'closeCode');
  return code;
}

function refuse(socket: Duplex, { status, body }: HttpError): void {
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function serve(client: WebSocket, socket: TapSocket, { run, format, mode, pingMs, closeCode, missed }: Options): void {
  let sentBytes = 0;
  let waitingSends = 0;
  let unsubscribe = () => {};
  const isBinary = format === 'binary';
  const isDeflated = client.extensions !== '';
  const toFrame = isBinary ? binaryFrame : textFrame;
  const taken = (): void => {
    waitingSends -= 1;
  };
  const send = (event: ServerEvent): void => {
    if (client.readyState !== client.OPEN) return;
    sentBytes += event.json.length;
    waitingSends += 1;
    // Compression depends on what a connection carried before; without it, all subscribers get the same bytes.
    if (isDeflated) client.send(asJson(event), { binary: isBinary }, taken);
    else socket.send(toFrame(event), taken);
    const { resetAfterBytes } = run.faults;
    if (resetAfterBytes > 0 && sentBytes >= resetAfterBytes) socket.reset();
    if (waitingSends === 0 || client.bufferedAmount <= MAX_QUEUED_BYTES) return;
    unsubscribe();
    run.ledger.cutOff('websocket', waitingSends);
    client.terminate();
  };
  client.on('error', () => {});
  client.on('message', (data: Buffer, isBinary) => {
    if (mode === 'echo') client.send(data, { binary: isBinary });
    if (mode === 'publish') run.publish(isBinary ? data.toString('base64') : data.toString());
  });
  if (closeCode > 0) {
    client.close(closeCode, 'part of the scenario');
    return;
  }
  for (const event of missed) send(event);
  unsubscribe = run.subscribe(send);
  const pinger = pingMs > 0 ? setInterval(() => client.ping(), pingMs) : undefined;
  client.on('close', () => {
    unsubscribe();
    clearInterval(pinger);
  });
  run.arrived('websocket');
}
