import type { ChannelReport } from '../../core/session/report.ts';
import { transportName } from './transports.ts';

/** The address template without its origin. */
export function shortPath({ urlTemplate, operation }: Pick<ChannelReport, 'urlTemplate' | 'operation'>): string {
  const path = urlTemplate.replace(/^[a-z+.-]+:\/\/[^/?#]*/i, '') || urlTemplate;
  return operation === null ? path : `${operation} ${path}`;
}

const MAX_NAME = 32;

/** A channel where a word or two must do: "SSE /events". */
export function shortName(channel: ChannelReport): string {
  const path = shortPath(channel).split('?', 1)[0]!;
  const name = `${transportName(channel.transport)} ${path}`;
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name;
}
