import { LINKS } from '../advise/links.ts';
import { sumOfKnown } from '../simulate/estimate.ts';
import type { SessionFacts } from '../simulate/facts.ts';
import { anHour, type FindingOf, type FixId, isStream } from './finding.ts';

const MIN_MESSAGES = 10;
/** Half of what is pushed is no news. */
const INFO_SHARE = 0.5;
/** Nearly all of it. */
const WARNING_SHARE = 0.8;

export type WastefulMessages = FindingOf<
  'wasteful-messages',
  { identical: number; volatileOnly: number; of: number /** Their payloads. */; bytesPerHour: number | null }
>;

/** A stream that pushes what the page already has, or nothing new but the time. */
export const wastefulMessages = (session: SessionFacts): WastefulMessages[] =>
  session.channels.filter(isStream).flatMap((channel) => {
    const data = channel.messages.filter(({ direction, role }) => direction === 'received' && role === 'data');
    const repeats = data.filter((message) => message.repeats !== null);
    if (data.length < MIN_MESSAGES || repeats.length < INFO_SHARE * data.length) return [];
    const identical = repeats.filter((message) => message.repeats === 'identical').length;
    const volatileOnly = repeats.length - identical;
    const bytes = sumOfKnown(repeats.map(({ payloadBytes }) => payloadBytes));
    const fixes: FixId[] = ['send-changes-only', ...(volatileOnly > 0 ? (['leave-volatile-fields-out'] as const) : [])];
    return {
      check: 'wasteful-messages',
      severity: repeats.length >= WARNING_SHARE * data.length ? 'warning' : 'info',
      channelIds: [channel.id],
      evidence: {
        identical,
        volatileOnly,
        of: data.length,
        bytesPerHour: bytes === null ? null : anHour(bytes, channel, session),
      },
      fixes,
      links: [channel.transport === 'websocket' ? LINKS.webSocketDeflate : LINKS.eventStream],
    };
  });
