import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { visibleLine } from '../../../../core/inspect/visible-text.ts';
import { textOfPayload } from '../../../../core/protocols/wire/bytes.ts';
import type { Row } from '../../../../core/rows/row-list.ts';
import { utf8Bytes } from '../../../../core/utf8.ts';
import { copyText } from '../../../copy.ts';
import { settings } from '../../../settings.ts';
import { bytes, count } from '../../../words/numbers.ts';
import { t } from '../../../words/t.ts';
import { instant } from '../../../words/times.ts';
import { IconButton } from '../../layout/IconButton.tsx';
import { useMessages } from '../context.ts';
import { type Item, startOf } from '../item.ts';

const COPY_BYTES = 10_000_000;
const TITLE_CHARS = 500;
const NAMES = { sent: 'msg_sent', received: 'msg_received' } as const;

interface Props {
  item: Item;
  /** The item's own, as they are now. */
  payload: string | Uint8Array | null;
  sizeBytes: number | null;
}

/** What is shown, since when, and how much of it was recorded. */
export function ItemHead({ item, payload, sizeBytes }: Props) {
  const { list, select } = useMessages();
  const copied = useSignal<Row | null>(null);
  const title = visibleLine(
    item.message === null ? `${item.exchange.method} ${item.exchange.url}` : item.message.type,
    TITLE_CHARS,
  );
  const copy = () => {
    if (payload !== null && copyText(textOfPayload(payload, COPY_BYTES))) copied.value = item.row;
  };
  return (
    <header class="item__head">
      <span class="item__title" title={title}>
        <b>{t(item.message === null ? 'msg_exchange' : NAMES[item.message.direction])}</b> {title}
      </span>
      <span class="muted">{instant(startOf(item), list.log.startedAt, settings.value.timeFormat)}</span>
      <span class="muted">{bytes(sizeBytes)}</span>
      {payload !== null && (
        <button type="button" class="button" onClick={copy}>
          {t(copied.value === item.row ? 'msg_copied' : 'msg_copy')}
        </button>
      )}
      <IconButton icon="close" label={t('close')} onClick={() => select(null)} />
      {item.message !== null && sizeBytes !== null && sizeBytes > 0 && (
        <Recorded content={payload} payloadBytes={sizeBytes} />
      )}
    </header>
  );
}

/** A payload that was recorded in part says so; what is shown would else be taken for all of it. */
function Recorded({ content, payloadBytes }: { content: string | Uint8Array | null; payloadBytes: number }) {
  const recorded = useMemo(
    () => (typeof content === 'string' ? utf8Bytes(content) : (content?.length ?? 0)),
    [content],
  );
  if (content === null) return <p class="item__note">{t('msg_notRecorded')}</p>;
  return recorded >= payloadBytes ? null : (
    <p class="item__note">{t('msg_recordedPart', count(recorded), count(payloadBytes))}</p>
  );
}
