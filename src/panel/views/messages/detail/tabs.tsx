import type { ComponentChildren } from 'preact';
import { textOfPayload } from '../../../../core/protocols/wire/bytes.ts';
import { labelsOfExchange, labelsOfMessage } from '../../../../core/rows/hints.ts';
import { previousExchange, previousMessage } from '../../../../core/rows/previous.ts';
import type { MessageKey } from '../../../words/t.ts';
import type { MessagesView } from '../context.ts';
import { channelIdOf, type Item, payloadOf } from '../item.ts';
import { DiffView } from './DiffView.tsx';
import { HeadersView } from './HeadersView.tsx';
import { HexView } from './HexView.tsx';
import { isJson, JsonView } from './JsonView.tsx';
import { ProtocolView } from './ProtocolView.tsx';
import { RawView } from './RawView.tsx';

/** One way to read the selected row. */
export interface DetailTab {
  id: string;
  title: MessageKey;
  content: () => ComponentChildren;
}

const TEXT_BYTES = 50_000_000;

/** The ways in which a row can be read, the most telling first. There always is one. */
export function tabsOf(view: MessagesView, item: Item): DetailTab[] {
  const payload = payloadOf(item);
  const tabs: DetailTab[] = payload === null ? [] : payloadTabs(view, payload);
  const labels = labelsOf(view, item);
  if (labels.length > 0)
    tabs.push({ id: 'protocol', title: 'msg_tab_protocol', content: () => <ProtocolView labels={labels} /> });
  if (payload !== null) {
    const before = previousOf(view, item);
    tabs.push({ id: 'diff', title: 'msg_tab_diff', content: () => <DiffView before={before} after={payload} /> });
  }
  const { base } = view;
  if (base.value !== null && base.value.row !== item.row) {
    const other = payloadOf(base.value);
    tabs.push({ id: 'compare', title: 'msg_tab_compare', content: () => <DiffView before={other} after={payload} /> });
  }
  const { exchange } = item;
  if (exchange === null) return tabs.length > 0 ? tabs : [nothing];
  const asked = exchange.network?.requestBody ?? exchange.requestText;
  if (asked !== null) tabs.push({ id: 'request', title: 'msg_tab_request', content: () => <Text text={asked} /> });
  tabs.push({
    id: 'headers',
    title: 'msg_tab_headers',
    content: () => <HeadersView url={exchange.url} network={exchange.network} />,
  });
  return tabs;
}

function payloadTabs(view: MessagesView, payload: string | Uint8Array): DetailTab[] {
  const pattern = view.find.pattern.value;
  const text = () => textOfPayload(payload, TEXT_BYTES);
  const raw: DetailTab = {
    id: 'raw',
    title: 'msg_tab_raw',
    content: () => <RawView text={text()} pattern={pattern} />,
  };
  const hex: DetailTab = {
    id: 'hex',
    title: 'msg_tab_hex',
    content: () => <HexView payload={payload} />,
  };
  if (isJson(payload))
    return [
      { id: 'json', title: 'msg_tab_json', content: () => <JsonView text={text()} pattern={pattern} /> },
      raw,
      hex,
    ];
  return typeof payload === 'string' ? [raw, hex] : [hex, raw];
}

const nothing: DetailTab = { id: 'raw', title: 'msg_tab_raw', content: () => null };

const Text = ({ text }: { text: string }) =>
  isJson(text) ? <JsonView text={text} pattern={null} /> : <RawView text={text} pattern={null} />;

function labelsOf({ list }: MessagesView, item: Item) {
  const channel = list.channel(channelIdOf(item));
  if (channel === undefined) return [];
  if (item.message !== null) return labelsOfMessage(channel, item.message);
  const { sent, received } = labelsOfExchange(channel, item.exchange);
  return [...sent, ...received];
}

function previousOf({ list }: MessagesView, { message, exchange }: Item): string | Uint8Array | null {
  const { log, kinds } = list;
  if (message === null) return previousExchange(log, exchange)?.network?.body ?? null;
  const channel = list.channel(message.channelId);
  if (channel === undefined) return null;
  const isControl = kinds.isControl(message, channel);
  return previousMessage(log, message, (other) => kinds.isControl(other, channel) === isControl)?.content ?? null;
}
