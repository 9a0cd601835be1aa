import type { MessageKey } from '../../../words/t.ts';

export type ColumnId = 'arrow' | 'time' | 'delta' | 'channel' | 'type' | 'label' | 'latency' | 'size' | 'preview';

/** The columns of the list, in their order. */
export const COLUMNS: readonly { id: ColumnId; title: MessageKey; help: MessageKey | null; number: boolean }[] = [
  { id: 'arrow', title: 'msg_column_direction', help: null, number: false },
  { id: 'time', title: 'msg_column_time', help: null, number: false },
  { id: 'delta', title: 'msg_column_delta', help: 'msg_column_delta_help', number: true },
  { id: 'channel', title: 'msg_column_channel', help: null, number: false },
  { id: 'type', title: 'msg_column_type', help: null, number: false },
  { id: 'label', title: 'msg_column_label', help: null, number: false },
  { id: 'latency', title: 'msg_column_latency', help: 'msg_column_latency_help', number: true },
  { id: 'size', title: 'msg_column_size', help: null, number: true },
  { id: 'preview', title: 'msg_column_content', help: null, number: false },
];
