import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Faults } from '../faults.ts';
import { createRandom } from '../random.ts';
import type { Connection } from './connection.ts';
import { createLag } from './lag.ts';

/** Bytes in a slow line before its writer is asked to wait. */
const LAG_BYTES = 256 * 1024;
/** Up to here, pieces written together are joined. */
const JOINED_BYTES = 16 * 1024;
const JITTER_SEED = 0x1a6;

/**
 * Stands between a socket and the HTTP server: shows every byte to `connection` at the moment it comes off or goes to
 * the socket, and plays the line's faults (delay, drop, slow reading). Under TLS, `socket` is the decrypted side and
 * `tcp` the one below.
 */
export class TapSocket extends Duplex {
  readonly #socket: Socket;
  readonly #tcp: Socket;
  readonly #connection: Connection;
  readonly #faults: () => Faults;
  readonly #up = createLag((chunk) => this.#deliver(chunk));
  readonly #down = createLag((chunk) => this.#send(chunk));
  readonly #random = createRandom(JITTER_SEED);
  #dropTimer: NodeJS.Timeout | null = null;
  #readTimer: NodeJS.Timeout | null = null;

  constructor(socket: Socket, tcp: Socket, connection: Connection, faults: () => Faults) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#tcp = tcp;
    this.#connection = connection;
    this.#faults = faults;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.#up.whenEmpty(() => this.push(null)));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.#up.whenEmpty(() => this.destroy()));
    // Whoever holds the socket may have let go of it (an upgrade refused): an error then must not end the process.
    this.on('error', () => {});
  }

  get remoteAddress(): string | undefined {
    return this.#tcp.remoteAddress;
  }

  /** Closes with a TCP reset instead of a FIN, as a crashed peer or a middlebox does. */
  reset(): void {
    this.#tcp.resetAndDestroy();
  }

  #receive(chunk: Buffer): void {
    this.#connection.inbound(chunk);
    const { delayUpMs, jitterMs, dropEveryMs, readBytesPerSecond } = this.#faults();
    if (dropEveryMs > 0) this.#dropTimer ??= setTimeout(() => this.destroy(), dropEveryMs);
    this.#up.push(chunk, delayUpMs + this.#random() * jitterMs);
    if (readBytesPerSecond > 0) this.#rest((chunk.length / readBytesPerSecond) * 1000);
  }

  #rest(restMs: number): void {
    this.#socket.pause();
    this.#readTimer = setTimeout(() => {
      this.#readTimer = null;
      this.#socket.resume();
    }, restMs);
  }

  #deliver(chunk: Buffer): void {
    if (!this.push(chunk)) this.#socket.pause();
  }

  #send(chunk: Buffer): boolean {
    this.#connection.outbound(chunk);
    return this.#socket.write(chunk);
  }

  override _read(): void {
    if (!this.#readTimer) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    const { delayDownMs, jitterMs } = this.#faults();
    if (delayDownMs + jitterMs > 0 || this.#down.bytes > 0) {
      this.#down.push(chunk, delayDownMs + this.#random() * jitterMs);
      if (this.#down.bytes < LAG_BYTES) callback();
      else this.#down.whenEmpty(callback);
    } else if (this.#send(chunk)) callback();
    else this.#socket.once('drain', callback);
  }

  /** Joins small pieces, as the three of a chunk: one system call is cheaper than a gathering one. */
  override _writev(chunks: { chunk: Buffer }[], callback: () => void): void {
    const bytes = chunks.reduce((sum, { chunk }) => sum + chunk.length, 0);
    if (bytes <= JOINED_BYTES)
      this._write(
        Buffer.concat(
          chunks.map(({ chunk }) => chunk),
          bytes,
        ),
        'buffer',
        callback,
      );
    else this.#writeFrom(chunks, 0, callback);
  }

  /** Stops at the socket's high-water mark, so that what a slow client does not read waits here, where it is known. */
  #writeFrom(chunks: { chunk: Buffer }[], index: number, callback: () => void): void {
    const next = chunks[index];
    if (next) this._write(next.chunk, 'buffer', () => this.#writeFrom(chunks, index + 1, callback));
    else callback();
  }

  override _final(callback: () => void): void {
    this.#down.whenEmpty(() => this.#socket.end(callback));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (this.#dropTimer) clearTimeout(this.#dropTimer);
    if (this.#readTimer) clearTimeout(this.#readTimer);
    this.#up.stop();
    this.#down.stop();
    this.#socket.destroy();
    this.#connection.close();
    callback(error);
  }
}
