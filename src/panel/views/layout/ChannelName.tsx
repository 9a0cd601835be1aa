import type { ChannelReport } from '../../../core/session/report.ts';
import { shortPath } from '../../words/channel.ts';
import { TransportBadge } from '../TransportBadge.tsx';
import './channel-name.css';

/** A channel where there is little room: its transport and its path; the address is the tooltip's. */
export function ChannelName({ channel, stacked = false }: { channel: ChannelReport; stacked?: boolean }) {
  return (
    <span class={`channel-name${stacked ? ' channel-name--stacked' : ''}`}>
      <TransportBadge verdict={channel.verdict} />
      <span class="channel-name__path">{shortPath(channel)}</span>
    </span>
  );
}
