import { settings } from '../../../settings.ts';
import { bytes, duration } from '../../../words/numbers.ts';
import { t } from '../../../words/t.ts';
import { instant } from '../../../words/times.ts';
import { shortPath } from '../../layout/ChannelName.tsx';
import type { MessagesView } from '../context.ts';
import { Marked } from '../Marked.tsx';
import { latencyText, type RowText, rowText } from './row-text.ts';

const ARROWS = { sent: '↑', received: '↓', exchange: '⇅' } as const;
const NAMES = { sent: 'msg_sent', received: 'msg_received', exchange: 'msg_exchange' } as const;

/** One row. Direction is told by arrow, colour and name. `version` is another when the row at that place may be. */
export function RowLine({ view, index }: { view: MessagesView; index: number; version: number }) {
  const { list, selected, showsChannel, base, pins } = view;
  const row = list.rows.at(index);
  if (row === undefined) return null;
  const text = rowText(list, row);
  const isSelected = row === selected.value?.row;
  return (
    <div
      class={classOf(text)}
      role="row"
      id={isSelected ? `${view.id}-selected` : undefined}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-index={index}
      data-pinned={pins.value.some((pin) => pin.row === row) || undefined}
      data-base={row === base.value?.row || undefined}
    >
      {text === null ? (
        <span class="row__gone" role="gridcell">
          {t('msg_gone')}
        </span>
      ) : (
        <Cells view={view} text={text} beforeAt={timeBefore(view, index)} showsChannel={showsChannel} />
      )}
    </div>
  );
}

interface CellsProps {
  view: MessagesView;
  text: RowText;
  /** When the row above happened; null: there is none. */
  beforeAt: number | null;
  showsChannel: boolean;
}

function Cells({ view, text, beforeAt, showsChannel }: CellsProps) {
  const { list, find } = view;
  const channel = showsChannel ? list.channel(text.channelId) : undefined;
  return (
    <>
      <span class="row__arrow" role="gridcell" title={t(NAMES[text.tone])} aria-label={t(NAMES[text.tone])}>
        {ARROWS[text.tone]}
      </span>
      <span class="row__time" role="gridcell">
        {instant(text.at, list.log.startedAt, settings.value.timeFormat)}
      </span>
      <span class="number row__delta" role="gridcell">
        {beforeAt === null ? '' : delta(text.at - beforeAt)}
      </span>
      {showsChannel && (
        <span class="row__channel" role="gridcell" title={channel?.url}>
          {channel === undefined
            ? ''
            : shortPath({ urlTemplate: channel.url.split('?', 1)[0]!, operation: channel.operation })}
        </span>
      )}
      <span class="row__type" role="gridcell" title={text.type}>
        {text.type}
      </span>
      <span class="row__label" role="gridcell" title={text.label}>
        {text.label}
      </span>
      <span class="number row__latency" role="gridcell">
        {latencyText(text.latencyMs)}
      </span>
      <span class="number" role="gridcell">
        {bytes(text.sizeBytes)}
      </span>
      <span class="row__preview" role="gridcell">
        <Marked text={text.preview} pattern={find.pattern.value} />
      </span>
    </>
  );
}

const delta = (ms: number): string => `${ms < 0 ? '−' : '+'}${duration(Math.abs(ms))}`;

function timeBefore({ list }: MessagesView, index: number): number | null {
  const row = list.rows.at(index - 1);
  if (row === undefined) return null;
  const at = typeof row === 'number' ? list.log.history.messages.timeOf(row) : row.startedAt;
  return Number.isNaN(at) ? null : at;
}

function classOf(text: RowText | null): string {
  if (text === null) return 'row';
  return `row row--${text.tone}${text.isControl ? ' row--control' : ''}${text.hasFailed ? ' row--failed' : ''}`;
}
