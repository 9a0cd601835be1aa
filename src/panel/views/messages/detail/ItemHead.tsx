import { useSignal } from '@preact/signals';
import { textOfPayload } from '../../../../core/protocols/wire/bytes.ts';
import { utf8Bytes } from '../../../../core/utf8.ts';
import { copyText } from '../../../copy.ts';
import { settings } from '../../../settings.ts';
import { bytes, count } from '../../../words/numbers.ts';
import { t } from '../../../words/t.ts';
import { instant } from '../../../words/times.ts';
import { IconButton } from '../../layout/IconButton.tsx';
import { useMessages } from '../context.ts';
import { type Item, payloadOf, startOf } from '../item.ts';

const COPY_BYTES = 10_000_000;
const NAMES = { sent: 'msg_sent', received: 'msg_received' } as const;

/** What is shown, since when, and how much of it was recorded. */
export function ItemHead({ item }: { item: Item }) {
  const { list, select } = useMessages();
  const copied = useSignal<Item | null>(null);
  const payload = payloadOf(item);
  const title = item.message === null ? `${item.exchange.method} ${item.exchange.url}` : item.message.type;
  const copy = () => {
    if (payload !== null && copyText(textOfPayload(payload, COPY_BYTES))) copied.value = item;
  };
  return (
    <header class="item__head">
      <span class="item__title" title={title}>
        <b>{t(item.message === null ? 'msg_exchange' : NAMES[item.message.direction])}</b> {title}
      </span>
      <span class="muted">{instant(startOf(item), list.log.startedAt, settings.value.timeFormat)}</span>
      <span class="muted">{bytes(sizeOf(item))}</span>
      {payload !== null && (
        <button type="button" class="button" onClick={copy}>
          {t(copied.value === item ? 'msg_copied' : 'msg_copy')}
        </button>
      )}
      <IconButton icon="close" label={t('close')} onClick={() => select(null)} />
      <Recorded item={item} />
    </header>
  );
}

/** A payload that was recorded in part says so; what is shown would else be taken for all of it. */
function Recorded({ item: { message } }: { item: Item }) {
  if (message === null || message.payloadBytes === null || message.payloadBytes === 0) return null;
  const { content, payloadBytes } = message;
  if (content === null) return <p class="item__note">{t('msg_notRecorded')}</p>;
  const recorded = typeof content === 'string' ? utf8Bytes(content) : content.length;
  return recorded >= payloadBytes ? null : (
    <p class="item__note">{t('msg_recordedPart', count(recorded), count(payloadBytes))}</p>
  );
}

const sizeOf = ({ message, exchange }: Item): number | null =>
  message !== null ? message.payloadBytes : exchange.responseBodyBytes;
