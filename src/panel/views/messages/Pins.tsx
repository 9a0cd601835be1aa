import { settings } from '../../settings.ts';
import { t } from '../../words/t.ts';
import { instant } from '../../words/times.ts';
import { IconButton } from '../layout/IconButton.tsx';
import { useMessages } from './context.ts';
import { type Item, payloadOf, startOf } from './item.ts';
import { previewOf } from './list/row-text.ts';

const PREVIEW_CHARS = 200;
const ARROWS = { sent: '↑', received: '↓' } as const;

/** Rows that were pinned stay at hand, even when the recording has dropped them. */
export function Pins() {
  const { pins, selected, list } = useMessages();
  if (pins.value.length === 0) return null;
  const take = (item: Item) => {
    selected.value = item;
  };
  return (
    <ul class="pins" aria-label={t('msg_pins')}>
      {pins.value.map((item) => (
        <li key={item.message === null ? `e${item.exchange.id}` : item.message.seq}>
          <button type="button" class="pins__item" onClick={() => take(item)}>
            <span class="muted">{item.message === null ? '⇅' : ARROWS[item.message.direction]}</span>
            <span class="muted">{instant(startOf(item), list.log.startedAt, settings.value.timeFormat)}</span>
            <span class="pins__text">{previewOf(payloadOf(item), PREVIEW_CHARS) || item.exchange?.url}</span>
          </button>
          <IconButton
            icon="close"
            label={t('msg_unpin')}
            onClick={() => {
              pins.value = pins.value.filter(({ row }) => row !== item.row);
            }}
          />
        </li>
      ))}
    </ul>
  );
}
