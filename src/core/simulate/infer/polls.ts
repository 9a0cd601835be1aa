import { isHold } from '../../classify/held.ts';
import type { ChannelFacts, ClockOffset, ExchangeFacts } from '../facts.ts';
import type { Sighting, Told, Transit } from './sighting.ts';

/** When the server looked for news: surely between the first two, most likely at the third. */
interface Look {
  from: number;
  to: number;
  at: number;
}

/**
 * The events that polls and long polls brought. A poll quantises: what it brings happened between the server's last look and
 * this one. A held answer leaves when its event happens, shortly before it arrives.
 */
export function sightPolls({ exchanges, rttMs, clock }: ChannelFacts, transit: Transit): Sighting[] {
  const sightings: Sighting[] = [];
  let last: Look | null = null;
  let newestStamp = -Infinity;
  for (const exchange of exchanges) {
    const { worth, respondedAt } = exchange;
    if (worth === null || worth === 'error' || respondedAt === null) continue;
    const held = isHold(exchange.waitMs ?? 0, rttMs ?? 0);
    const look = lookOf(exchange, respondedAt, held, transit);
    const items = newItems(exchange, newestStamp);
    newestStamp = Math.max(newestStamp, ...(exchange.items ?? []).map(({ stamp }) => stamp ?? -Infinity));
    // The first answer is older than the recording, unless the server held it until it had something to tell, or says when.
    const isNews = isHeldNews(exchange, held) || (clock !== null && isDatedNews(exchange, clock));
    const before: Look | null = worth === 'useful' ? last : isNews ? look : null;
    if (before !== null) {
      // Of several events in a held answer only the last is sure to have ended the hold.
      items.forEach((item, i) => {
        const endedHold = held && i === items.length - 1;
        sightings.push({
          earliestAt: endedHold ? look.from : Math.min(before.from, look.from),
          latestAt: look.to,
          likelyFrom: held ? look.at : Math.min(before.at, look.at),
          likelyTo: look.at,
          source: held ? 'hold' : 'poll-interval',
          payloadBytes: item.payloadBytes,
          stamp: item.stamp,
          text: null,
        });
      });
    }
    last = look;
  }
  return sightings;
}

const isHeldNews = ({ worth, items }: ExchangeFacts, held: boolean): boolean =>
  worth === 'baseline' && held && items !== null && items.length > 0;

const isDatedNews = ({ worth, items, startedAt }: ExchangeFacts, { offsetMs, errorMs }: ClockOffset): boolean =>
  worth === 'baseline' &&
  items !== null &&
  items.length > 0 &&
  items.every(({ stamp }) => stamp !== null && stamp - offsetMs - errorMs >= startedAt);

/** A quick answer was read somewhere between leaving and arriving; a held one shortly before it arrived. */
function lookOf(exchange: ExchangeFacts, respondedAt: number, held: boolean, transit: Transit): Look {
  const sentAt = exchange.sentAt ?? exchange.startedAt;
  if (!held) return { from: sentAt, to: respondedAt, at: (sentAt + respondedAt) / 2 };
  const before = (ms: number) => Math.max(sentAt, respondedAt - ms);
  return { from: before(transit.longestMs), to: respondedAt, at: before(transit.likelyMs) };
}

/** What a response lists that none before it did; the whole of it where it lists nothing that could be told apart. */
function newItems({ items, payloadBytes }: ExchangeFacts, newestStamp: number): Told[] {
  const fresh = (items ?? []).filter(({ stamp }) => stamp === null || stamp > newestStamp);
  return fresh.length > 0 ? fresh : [{ stamp: null, payloadBytes }];
}
