import { hexLines } from '../../../../core/inspect/hex.ts';
import { visibleLine } from '../../../../core/inspect/visible-text.ts';
import type { Exchange, Worth } from '../../../../core/model.ts';
import type { Label } from '../../../../core/protocols/protocol.ts';
import { labelsOfExchange, labelsOfMessage } from '../../../../core/rows/hints.ts';
import type { Row } from '../../../../core/rows/row-list.ts';
import type { Message } from '../../../../core/store/messages.ts';
import { type MessageKey, t } from '../../../words/t.ts';
import type { MessageList } from '../list-state.ts';

/** What a row shows, in words. */
export interface RowText {
  at: number;
  channelId: number;
  tone: 'sent' | 'received' | 'exchange';
  /** Event, kind of payload, or method and status. */
  type: string;
  /** What the protocol calls it, or what the answer was worth. */
  label: string;
  /** From a question to this answer, or from a request to its response; null: unknown, or none. */
  latencyMs: number | null;
  sizeBytes: number | null;
  preview: string;
  /** It keeps the line and carries no data. */
  isControl: boolean;
  hasFailed: boolean;
}

const NAME_CHARS = 80;

const WORTHS: Record<Worth, MessageKey> = {
  baseline: 'worth_baseline',
  useful: 'worth_useful',
  empty: 'worth_empty',
  identical: 'worth_identical',
  'volatile-only': 'worth_volatileOnly',
  'held-timeout': 'worth_heldTimeout',
  error: 'worth_error',
};

/** In so many characters of its content; null: the recording has dropped it. */
export function rowText(list: MessageList, row: Row, previewChars: number): RowText | null {
  if (typeof row !== 'number') return exchangeText(list, row, previewChars);
  const message = list.log.history.messages.get(row);
  return message === null ? null : messageText(list, message, previewChars);
}

function messageText(list: MessageList, message: Message, previewChars: number): RowText {
  const { at, channelId, direction, type, payloadBytes, content } = message;
  const channel = list.channel(channelId);
  const labels = channel === undefined ? [] : labelsOfMessage(channel, message);
  return {
    at,
    channelId,
    tone: direction,
    type: visibleLine(type, NAME_CHARS),
    label: labelText(labels),
    latencyMs: latencyOf(list, message, labels),
    sizeBytes: payloadBytes,
    preview: previewOf(content, previewChars),
    isControl: channel !== undefined && list.kinds.isControl(message, channel),
    hasFailed: false,
  };
}

function latencyOf({ kinds }: MessageList, { channelId, direction, at }: Message, labels: readonly Label[]) {
  for (const { correlation } of labels) {
    const latencyMs = correlation === null ? null : kinds.pairs.latencyMs(channelId, correlation, direction, at);
    if (latencyMs !== null) return latencyMs;
  }
  return null;
}

/** `event chat +2`: the first packet that carries data, and how many more there are. */
function labelText(labels: readonly Label[]): string {
  const shown = labels.find(({ role }) => role === 'data') ?? labels[0];
  if (shown === undefined) return '';
  const name = shown.name === null ? '' : ` ${visibleLine(shown.name, NAME_CHARS)}`;
  return `${visibleLine(shown.op, NAME_CHARS)}${name}${labels.length > 1 ? ` +${labels.length - 1}` : ''}`;
}

const PREVIEW_LINES = 2;

export function previewOf(content: string | Uint8Array | null, chars: number): string {
  if (content === null) return '';
  if (typeof content === 'string') return visibleLine(content, chars);
  return hexLines(content, 0, PREVIEW_LINES)
    .map(({ hex }) => hex)
    .join('  ');
}

function exchangeText(list: MessageList, exchange: Exchange, previewChars: number): RowText {
  const { startedAt, respondedAt, channelId, method, url, status, outcome, worth, network, endedAt } = exchange;
  const channel = list.channel(channelId);
  const labels = channel === undefined ? { sent: [], received: [] } : labelsOfExchange(channel, exchange);
  const said = labelText([...labels.received, ...labels.sent]);
  const answeredAt = respondedAt ?? endedAt;
  const judged = worth === null ? outcomeText(exchange) : t(WORTHS[worth]);
  return {
    at: startedAt,
    channelId,
    tone: 'exchange',
    type: `${method} ${network?.status || (status ?? '…')}`,
    label: said === '' ? judged : `${judged} · ${said}`,
    latencyMs: exchange.waitMs ?? (answeredAt === null ? null : answeredAt - startedAt),
    sizeBytes: exchange.responseBodyBytes,
    preview: network?.body ? previewOf(network.body, previewChars) : visibleLine(pathOf(url), previewChars),
    isControl: false,
    hasFailed: worth === 'error' || outcome === 'error',
  };
}

function outcomeText({ outcome, network, streamed }: Exchange): string {
  if (network?.fromCache) return t('msg_fromCache');
  if (outcome === 'pending') return t(streamed ? 'msg_streaming' : 'inFlight');
  if (outcome === 'aborted') return t('aborted');
  if (outcome === 'cut') return t('msg_cut');
  return outcome === 'error' ? t('worth_error') : '';
}

/** Path and query; the host is the same for all requests of a channel. */
const pathOf = (url: string): string => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
