import type { ChannelReport } from '../../../core/session/report.ts';
import type { Log } from '../../../core/state.ts';
import { reconnectGaps } from '../../../core/timeline/gaps.ts';
import { connectionsByChannel, laneOf } from '../../../core/timeline/lane.ts';
import type { Palette } from '../../charts/palette.ts';
import type { SceneLane } from './draw/scene.ts';

/** The lanes of the channels on screen, in their order. Cheap per channel: what they show is the log's own. */
export function sceneLanes(log: Log, shown: readonly ChannelReport[], palette: Palette): SceneLane[] {
  const connections = connectionsByChannel(log);
  const channels = new Map(log.channels.map((channel) => [channel.id, channel]));
  return shown.flatMap(({ id, transport }) => {
    const channel = channels.get(id);
    // Merged into another since the report was made.
    if (channel === undefined) return [];
    const own = connections.get(id) ?? [];
    return {
      ...laneOf(log, id, own),
      channelId: id,
      transport,
      isPoll: transport === 'polling' || transport === 'long-polling',
      color: palette.transport(transport),
      gaps: reconnectGaps(own),
      document: log.documents.get(channel.documentKey ?? ''),
      latency: channel.latency,
    };
  });
}
