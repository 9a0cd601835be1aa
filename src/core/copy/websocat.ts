import type { Connection } from '../model.ts';
import { shellWord } from './shell.ts';

/** Headers of the handshake that websocat writes by itself. */
const AUTOMATIC =
  /^(host|connection|upgrade|content-length|accept-encoding|sec-websocket-(key|version|extensions|protocol))$/i;

/** The WebSocket as a websocat command for a POSIX shell. */
export function asWebsocat({ url, protocol, handshakes }: Connection): string {
  const parts = ['websocat'];
  if (protocol !== '') parts.push(`--protocol ${shellWord(protocol)}`);
  for (const [name, value] of handshakes[0]?.requestHeaders ?? []) {
    if (!name.startsWith(':') && !AUTOMATIC.test(name)) parts.push(`--header ${shellWord(`${name}: ${value}`)}`);
  }
  return [...parts, shellWord(url)].join(' \\\n  ');
}
