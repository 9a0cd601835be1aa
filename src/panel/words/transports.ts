import type { Transport } from '../../core/model.ts';
import { type MessageKey, t } from './t.ts';

const KEYS: Record<Transport, MessageKey> = {
  request: 'transport_request',
  navigation: 'transport_navigation',
  polling: 'transport_polling',
  'long-polling': 'transport_longPolling',
  sse: 'transport_sse',
  'http-stream': 'transport_httpStream',
  websocket: 'transport_websocket',
  webtransport: 'transport_webtransport',
  telemetry: 'transport_telemetry',
  media: 'transport_media',
};

/** null: not enough yet. */
export const transportName = (transport: Transport | null): string =>
  t(transport === null ? 'transport_undecided' : KEYS[transport]);
