import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { nowMs } from '../clock.ts';
import type { Faults } from '../faults.ts';
import { createRandom } from '../random.ts';
import type { Connection } from './connection.ts';
import { createLag, type Lag } from './lag.ts';

/** Bytes in a slow line before its writer is asked to wait. */
const LAG_BYTES = 256 * 1024;
/** Up to here, pieces written together are joined. */
const JOINED_BYTES = 16 * 1024;
const JITTER_SEED = 0x1a6;

const whenEmpty = (lag: Lag | null, callback: () => void): void => (lag ? lag.whenEmpty(callback) : callback());

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
  readonly #faultsSinceMs: () => number;
  readonly #random = createRandom(JITTER_SEED);
  /** Each way's line, from the first time that it is slow. */
  #up: Lag | null = null;
  #down: Lag | null = null;
  #dropTimer: NodeJS.Timeout | null = null;
  #readTimer: NodeJS.Timeout | null = null;

  /** `faultsSinceMs`: when they began, from which the periods of those that come again and again are counted. */
  constructor(
    socket: Socket,
    tcp: Socket,
    connection: Connection,
    faults: () => Faults,
    faultsSinceMs: () => number = nowMs,
  ) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#tcp = tcp;
    this.#connection = connection;
    this.#faults = faults;
    this.#faultsSinceMs = faultsSinceMs;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => whenEmpty(this.#up, () => this.push(null)));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => whenEmpty(this.#up, () => this.destroy()));
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
    if (dropEveryMs > 0) this.#dropTimer ??= setTimeout(() => this.destroy(), this.#untilDropMs(dropEveryMs));
    if (delayUpMs + jitterMs > 0) this.#up ??= createLag((late) => this.#deliver(late));
    if (this.#up) this.#up.push(chunk, delayUpMs + this.#random() * jitterMs);
    else this.#deliver(chunk);
    if (readBytesPerSecond > 0) this.#rest((chunk.length / readBytesPerSecond) * 1000);
  }

  /** A network that fails takes all connections with it, the new ones too: so they are cut at the same moments. */
  #untilDropMs(dropEveryMs: number): number {
    return dropEveryMs - ((nowMs() - this.#faultsSinceMs()) % dropEveryMs);
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

  /**
   * Writes one piece of a stream; `done` is called when the socket has taken it. Where nothing is in its way it goes to
   * the socket at once, without the bookkeeping of a stream, which for a thousand clients costs more than the write.
   */
  send(chunk: Buffer, done: () => void): void {
    const isFree = this.writable && this.writableLength === 0 && !this.#slowDown() && !this.#socket.writableNeedDrain;
    if (!isFree) this.write(chunk, done);
    else if (this.#send(chunk)) done();
    else this.#socket.once('drain', done);
  }

  /** The line to the page, if it is or was slow. */
  #slowDown(): Lag | null {
    const { delayDownMs, jitterMs } = this.#faults();
    if (delayDownMs + jitterMs > 0) this.#down ??= createLag((chunk) => this.#send(chunk));
    return this.#down;
  }

  #send(chunk: Buffer): boolean {
    this.#connection.outbound(chunk);
    return this.#socket.write(chunk);
  }

  override _read(): void {
    if (!this.#readTimer) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    const lag = this.#slowDown();
    if (lag) {
      const { delayDownMs, jitterMs } = this.#faults();
      lag.push(chunk, delayDownMs + this.#random() * jitterMs);
      if (lag.bytes < LAG_BYTES) callback();
      else lag.whenEmpty(callback);
    } else if (this.#send(chunk)) callback();
    else this.#socket.once('drain', callback);
  }

  /** Joins small pieces, as the three of a chunk: one system call is cheaper than a gathering one. */
  override _writev(chunks: { chunk: Buffer }[], callback: () => void): void {
    const pieces = chunks.map(({ chunk }) => chunk).filter(({ length }) => length > 0);
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    const isJoined = pieces.length > 1 && bytes <= JOINED_BYTES;
    this.#writeFrom(isJoined ? [Buffer.concat(pieces, bytes)] : pieces, 0, callback);
  }

  /** Stops at the socket's high-water mark, so that what a slow client does not read waits here, where it is known. */
  #writeFrom(pieces: Buffer[], index: number, callback: () => void): void {
    const next = pieces[index];
    if (next) this._write(next, 'buffer', () => this.#writeFrom(pieces, index + 1, callback));
    else callback();
  }

  override _final(callback: () => void): void {
    whenEmpty(this.#down, () => this.#socket.end(callback));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (this.#dropTimer) clearTimeout(this.#dropTimer);
    if (this.#readTimer) clearTimeout(this.#readTimer);
    this.#up?.stop();
    this.#down?.stop();
    this.#socket.destroy();
    this.#connection.close();
    callback(error);
  }
}
