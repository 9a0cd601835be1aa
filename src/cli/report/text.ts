import type { Analysis } from './analysis.ts';

export const rounded = (value: number): string => Math.round(value).toLocaleString('en');

/** A channel as people call it: its method and path, without what comes and goes in the query. */
export function placeOf({ channels }: Pick<Analysis, 'channels'>, id: number): string {
  const channel = channels.find(({ report }) => report.id === id);
  return channel === undefined ? `channel ${id}` : `${channel.report.method} ${channel.report.urlTemplate}`;
}
