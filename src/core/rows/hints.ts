import { hintOf } from '../channel-protocol.ts';
import type { Channel } from '../channels.ts';
import type { Exchange } from '../model.ts';
import { labelsOf } from '../protocols/labels.ts';
import type { Label } from '../protocols/protocol.ts';
import type { Message } from '../store/messages.ts';

/** Types that name how a message came, not what it is about. */
const CARRIERS = new Set(['text', 'binary', 'stream', 'datagram']);

/** What the channel's protocol makes of a message; [] where nothing is known. */
export function labelsOfMessage(channel: Channel, { content, direction, type }: Message): Label[] {
  if (content === null) return [];
  return labelsOf(channel.protocol, content, direction, hintOf(channel, CARRIERS.has(type) ? null : type));
}

/** What it makes of a request's content and its answer. */
export function labelsOfExchange(channel: Channel, exchange: Exchange): { sent: Label[]; received: Label[] } {
  const { network, requestText, url, method } = exchange;
  const hint = { ...hintOf(channel), url, method, contentType: exchange.contentType };
  const asked = network?.requestBody ?? requestText;
  const answered = network?.body ?? null;
  return {
    sent: asked === null ? [] : labelsOf(channel.protocol, asked, 'sent', hint),
    received: answered === null ? [] : labelsOf(channel.protocol, answered, 'received', hint),
  };
}
