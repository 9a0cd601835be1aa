import type { Frame } from 'puppeteer-core';
import type { Session } from '../../src/core/session/format.ts';
import { sessionOf } from '../support/session.ts';
import type { Round } from './traffic.ts';

/** What the panel has of the rounds that were played, and what it says it has not. */
export interface Shown extends Round {
  dropped: number;
}

const isStream = (url: string): boolean => /\/(sse|ws)\?/.test(url);

/** Counts of the panel: of sockets and event streams the messages, of all else the requests. */
export async function shownIn(frame: Frame): Promise<Shown> {
  const { channels, dropped }: Session = await sessionOf(frame);
  const shown = { requests: 0, messages: 0, dropped };
  for (const { sampleUrl, exchanges, messages } of channels) {
    if (!sampleUrl.includes('run=')) continue;
    if (isStream(sampleUrl)) shown.messages += messages.sent + messages.received;
    else shown.requests += exchanges;
  }
  return shown;
}

/** Events that are neither shown nor said to be dropped, and those that are shown and never were. */
export function unaccounted(played: Round, { requests, messages, dropped }: Shown): { lost: number; invented: number } {
  const missing = Math.max(played.requests - requests, 0) + Math.max(played.messages - messages, 0);
  return {
    lost: Math.max(missing - dropped, 0),
    invented: Math.max(requests - played.requests, 0) + Math.max(messages - played.messages, 0),
  };
}
