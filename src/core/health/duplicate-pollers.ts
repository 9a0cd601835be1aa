import { LINKS } from '../advise/links.ts';
import { originOf } from '../channel-key.ts';
import { fitTwoTimers } from '../classify/two-timers.ts';
import { median } from '../metrics/statistics.ts';
import type { ChannelFacts, ExchangeFacts, SessionFacts } from '../simulate/facts.ts';
import { type FindingOf, groupBy, isPolling } from './finding.ts';

/** Requests for the same thing this close come from two places in one page that do not know of each other. */
const SAME_TICK_MS = 50;
const MIN_POLLS = 3;
const DOUBLED_SHARE = 0.5;
/** Two timers of one period: two copies of one component, mounted at different moments. */
const SAME_PERIOD = 0.05;
/** Two timers strike twice in a period: half of it is the mean gap, a little more where ticks fell together. */
const MEAN_GAP = 0.6;
/** Ticks of one that come halfway between the other's are one timer of half the period, not two. */
const OFF_HALFWAY = 0.4;
/** Newest requests that are looked at for two timers. */
const WINDOW = 40;

export type DuplicatePollers = FindingOf<
  'duplicate-pollers',
  | { kind: 'documents'; documents: number; polls: number }
  | { kind: 'same-tick'; doubled: number; polls: number }
  | { kind: 'two-timers'; periodMs: number; polls: number }
>;

/** The same thing is asked for twice: by several tabs or frames, or by several parts of one page. */
export function duplicatePollers(session: SessionFacts): DuplicatePollers[] {
  const pollers = session.channels.filter(isPolling);
  return [...betweenDocuments(pollers), ...pollers.flatMap((channel) => withinPage(channel) ?? [])];
}

function betweenDocuments(pollers: readonly ChannelFacts[]): DuplicatePollers[] {
  const byTarget = groupBy(pollers, ({ method, url, urlTemplate }) => `${method} ${originOf(url)}${urlTemplate}`);
  return [...byTarget.values()].flatMap((channels) => {
    const from = channels.reduce((latest, { exchanges }) => Math.max(latest, exchanges[0]?.startedAt ?? Infinity), 0);
    const to = channels.reduce((first, { exchanges }) => Math.min(first, exchanges.at(-1)?.startedAt ?? 0), Infinity);
    const together = channels.map(
      ({ exchanges }) => exchanges.filter(({ startedAt }) => startedAt >= from && startedAt <= to).length,
    );
    const documents = new Set(channels.map(({ documentKey }) => documentKey)).size;
    if (documents < 2 || together.some((polls) => polls < MIN_POLLS)) return [];
    const polls = together.reduce((sum, n) => sum + n, 0);
    return finding(channels, { kind: 'documents', documents, polls }, ['share-between-tabs']);
  });
}

function withinPage(channel: ChannelFacts): DuplicatePollers | null {
  const { exchanges } = channel;
  const doubled = exchanges.slice(1).filter((exchange, i) => isSameTick(exchanges[i]!, exchange)).length;
  // Each pair makes two requests of one tick.
  if (doubled >= MIN_POLLS && doubled >= DOUBLED_SHARE * (exchanges.length - doubled))
    return finding([channel], { kind: 'same-tick', doubled, polls: exchanges.length }, ['share-between-components']);
  const newest = exchanges.slice(-WINDOW);
  const alike = newest.filter(({ url }) => pathOf(url) === pathOf(channel.url));
  const starts = alike.map(({ startedAt }) => startedAt);
  const timers = fitTwoTimers(starts);
  if (timers === null) return null;
  const [first, second] = timers.periodsMs;
  if (Math.abs(first / second - 1) > SAME_PERIOD || isOneTimer(starts, (first + second) / 2)) return null;
  return finding([channel], { kind: 'two-timers', periodMs: first, polls: timers.of }, ['share-between-components']);
}

/** A timer on a busy page strikes unevenly: every second tick, taken for a timer of its own, is even enough. */
function isOneTimer(starts: readonly number[], periodMs: number): boolean {
  const gaps = starts.slice(1).map((at, i) => at - starts[i]!);
  const meanGapMs = (starts.at(-1)! - starts[0]!) / gaps.length;
  // How far a tick is from the nearest of the other timer, on either side.
  const offMs = median(gaps.map((gap) => Math.min(gap, periodMs - gap)))!;
  return meanGapMs > MEAN_GAP * periodMs || offMs > OFF_HALFWAY * periodMs;
}

const isSameTick = (before: ExchangeFacts, { startedAt, url }: ExchangeFacts): boolean =>
  startedAt - before.startedAt < SAME_TICK_MS && pathOf(url) === pathOf(before.url);

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0]!;

const finding = (
  channels: readonly ChannelFacts[],
  evidence: DuplicatePollers['evidence'],
  fixes: DuplicatePollers['fixes'],
): DuplicatePollers => ({
  check: 'duplicate-pollers',
  severity: 'warning',
  channelIds: channels.map(({ id }) => id),
  evidence,
  fixes,
  links: [LINKS.cacheControl],
});
