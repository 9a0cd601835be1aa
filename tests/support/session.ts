import type { Frame } from 'puppeteer-core';
import type { Session } from '../../src/core/session/format.ts';
import type { ChannelReport } from '../../src/core/session/report.ts';

/** What the panel would save now. */
export const sessionOf = (frame: Frame): Promise<Session> =>
  frame.evaluate('transportLensSession()') as Promise<Session>;

const PATIENCE_MS = 20_000;

/** Waits until the session satisfies `holds`, and returns it; rejects with the last one when it never does. */
export async function untilSession(frame: Frame, holds: (session: Session) => boolean): Promise<Session> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const session = await sessionOf(frame);
    if (holds(session)) return session;
    if (Date.now() > deadline)
      throw new Error(`The session never came to hold it: ${JSON.stringify(session, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The channel whose URL contains `part`. */
export const channelAt = (session: Session, part: string): ChannelReport | undefined =>
  session.channels.find(({ sampleUrl }) => sampleUrl.includes(part));
