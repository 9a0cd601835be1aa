import { createHarReader } from '../../../../src/core/session/har/read.ts';
import { type ChannelReport, reportChannel } from '../../../../src/core/session/report.ts';
import type { Log } from '../../../../src/core/state.ts';

/** Reads a HAR from text, cut into pieces of so many bytes. */
export function readHar(har: string | object, pieceBytes = 1_000_000): Log {
  const bytes = new TextEncoder().encode(typeof har === 'string' ? har : JSON.stringify(har));
  const reader = createHarReader();
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.feed(bytes.slice(at, at + pieceBytes));
  return reader.finish();
}

export const reportsOf = (log: Log): ChannelReport[] => log.channels.map((channel) => reportChannel(log, channel));

export const reportAt = (log: Log, part: string): ChannelReport => {
  const found = reportsOf(log).filter(({ sampleUrl }) => sampleUrl.includes(part));
  if (found.length !== 1) throw new Error(`${found.length} channels have ${part} in their URL`);
  return found[0]!;
};
