import { type MessageKey, t } from './t.ts';

/** https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number */
const TEXTS: Record<number, MessageKey> = {
  1000: 'close_1000',
  1001: 'close_1001',
  1002: 'close_1002',
  1003: 'close_1003',
  1005: 'close_1005',
  1006: 'close_1006',
  1007: 'close_1007',
  1008: 'close_1008',
  1009: 'close_1009',
  1010: 'close_1010',
  1011: 'close_1011',
  1012: 'close_1012',
  1013: 'close_1013',
  1014: 'close_1014',
  1015: 'close_1015',
  3000: 'close_3000',
  3003: 'close_3003',
  3008: 'close_3008',
};

/** What the code with which a WebSocket closed says, in plain words. */
export function closeCodeText(code: number): string {
  const known = TEXTS[code];
  if (known !== undefined) return t(known);
  if (code >= 4000) return t('close_application');
  return t(code >= 3000 ? 'close_library' : 'close_unknown');
}
