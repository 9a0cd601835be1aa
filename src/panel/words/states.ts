import type { ChannelState } from '../../core/channel-state.ts';
import { type MessageKey, t } from './t.ts';

const KEYS: Record<ChannelState, MessageKey> = {
  open: 'state_open',
  connecting: 'state_connecting',
  reconnecting: 'state_reconnecting',
  closed: 'state_closed',
  waiting: 'state_waiting',
  active: 'state_active',
  idle: 'state_idle',
};

export const stateText = (state: ChannelState): string => t(KEYS[state]);
