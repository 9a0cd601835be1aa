import { execFileSync } from 'node:child_process';
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { createSocket, type RemoteInfo } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installCorpus } from '../../../scripts/corpus/install.ts';
import { CORPUS } from '../../../scripts/corpus/paths.ts';
import { createSession } from './session.ts';

export interface WebTransportServer {
  url: string;
  /** SHA-256 of its certificate, for `serverCertificateHashes`. */
  certificateHash: number[];
  close(): void;
}

// biome-ignore lint/suspicious/noExplicitAny: the QUIC stack is the corpus' own, installed on demand, so its types may not be there.
type Connection = any;

/** `npm ci` cannot install the QUIC stack with the project itself: it names platform builds that were never published. */
async function loadQuiche() {
  installCorpus({ servers: false });
  const stack = join(CORPUS, 'node_modules/@matrixai/quic/dist/native/index.js');
  return (await import(pathToFileURL(stack).href)).quiche;
}

const CONNECTION_ID_BYTES = 20;
const DATAGRAM_BYTES = 1350;

interface Peer {
  quic: Connection;
  session: ReturnType<typeof createSession> | null;
  /** What a stream could not take yet. */
  waiting: Map<number, { bytes: Buffer; fin: boolean }>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** A WebTransport server (HTTP/3 over QUIC) on a free port of 127.0.0.1, with a certificate made for it. */
export async function startWebTransportServer(): Promise<WebTransportServer> {
  const quiche = await loadQuiche();
  const { key, certificate } = makeCertificate();
  const config = quiche.Config.withBoringSslCtx(false, false, null, [key], [certificate], null);
  config.setApplicationProtos(['h3']);
  config.setMaxIdleTimeout(30_000);
  config.setInitialMaxData(10_000_000);
  config.setInitialMaxStreamDataBidiLocal(1_000_000);
  config.setInitialMaxStreamDataBidiRemote(1_000_000);
  config.setInitialMaxStreamDataUni(1_000_000);
  config.setInitialMaxStreamsBidi(100);
  config.setInitialMaxStreamsUni(100);
  config.enableDgram(true, 100, 100);
  config.setMaxRecvUdpPayloadSize(DATAGRAM_BYTES);
  config.setMaxSendUdpPayloadSize(DATAGRAM_BYTES);

  const udp = createSocket('udp4');
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  const { port } = udp.address() as AddressInfo;
  const local = { host: '127.0.0.1', port };
  /** By every connection id a client may use: the one it began with, and ours. */
  const peers = new Map<string, Peer>();
  const idOf = (id: Uint8Array) => Buffer.from(id).toString('hex');

  function send(peer: Peer): void {
    const packet = Buffer.alloc(DATAGRAM_BYTES);
    for (let next = peer.quic.send(packet); next !== null; next = peer.quic.send(packet)) {
      const [length, { to }] = next;
      udp.send(Buffer.from(packet.subarray(0, length)), to.port, to.host);
    }
    clearTimeout(peer.timer);
    const wait = peer.quic.timeout();
    if (wait === null || peer.quic.isClosed()) return;
    peer.timer = setTimeout(() => {
      peer.quic.onTimeout();
      send(peer);
    }, wait);
  }

  function write(peer: Peer, stream: number, bytes: Buffer, fin: boolean): void {
    const before = peer.waiting.get(stream)?.bytes ?? Buffer.alloc(0);
    const all = Buffer.concat([before, bytes]);
    const taken = peer.quic.streamSend(stream, all, fin) ?? 0;
    if (taken < all.length) peer.waiting.set(stream, { bytes: all.subarray(taken), fin });
    else peer.waiting.delete(stream);
  }

  function accept(packet: Buffer, from: RemoteInfo): Peer | null {
    const { dcid, ty } = quiche.Header.fromSlice(packet, CONNECTION_ID_BYTES);
    const known = peers.get(idOf(dcid));
    // Only the first packet of a connection opens one.
    if (known !== undefined || ty !== 0) return known ?? null;
    const id = randomBytes(CONNECTION_ID_BYTES);
    const remote = { host: from.address, port: from.port };
    const quic = quiche.Connection.accept(id, null, local, remote, config);
    const peer: Peer = { quic, session: null, waiting: new Map(), timer: undefined };
    for (const each of [id, dcid]) peers.set(idOf(each), peer);
    return peer;
  }

  udp.on('message', (packet, from) => {
    const peer = accept(packet, from);
    if (peer === null) return;
    const { quic, waiting } = peer;
    quic.recv(packet, { to: local, from: { host: from.address, port: from.port } });
    if (quic.isEstablished()) {
      peer.session ??= createSession({
        write: (stream, bytes, fin) => write(peer, stream, bytes, fin),
        datagram: (bytes) => void quic.dgramSend(bytes),
      });
    }
    for (const [stream, { bytes, fin }] of [...waiting]) {
      waiting.delete(stream);
      write(peer, stream, bytes, fin);
    }
    const buffer = Buffer.alloc(65_536);
    for (const stream of quic.readable()) {
      let fin = false;
      for (let next = quic.streamRecv(stream, buffer); next !== null && !fin; ) {
        fin = next[1];
        peer.session?.onStream(stream, Buffer.from(buffer.subarray(0, next[0])), fin);
        if (!fin) next = quic.streamRecv(stream, buffer);
      }
    }
    for (let bytes = quic.dgramRecvVec(); bytes !== null; bytes = quic.dgramRecvVec())
      peer.session?.onDatagram(Buffer.from(bytes));
    send(peer);
  });

  return {
    url: `https://127.0.0.1:${port}/`,
    certificateHash: [...createHash('sha256').update(new X509Certificate(certificate).raw).digest()],
    close() {
      for (const { timer } of peers.values()) clearTimeout(timer);
      udp.close();
    },
  };
}

/** Browsers take a certificate by its hash only if it is ECDSA and lives for two weeks at most. */
function makeCertificate(): { key: Buffer; certificate: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'webtransport-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '10'];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  try {
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', certificate, ...subject], {
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    return { key: readFileSync(key), certificate: readFileSync(certificate) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
