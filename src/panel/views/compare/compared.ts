import { type Deliveries, deliveriesOf } from '../../../core/compare/deliveries.ts';
import { type ChannelDelivery, type Matching, matchDeliveries } from '../../../core/compare/match.ts';
import type { TimeRange } from '../../../core/range/report.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import type { Log } from '../../../core/state.ts';

/** One of the compared channels: its report, what it brought, and what that cost for each event. */
export interface Compared extends ChannelDelivery {
  report: ChannelReport;
  bytesPerEvent: number | null;
  requestsPerEvent: number | null;
}

/** Payloads are parsed once: again only when a channel has more of them, or the range is another. */
export function createComparer(): (
  log: Log,
  reports: readonly ChannelReport[],
  range: TimeRange | null,
) => { matching: Matching; channels: Compared[] } {
  let of: Log | null = null;
  const known = new Map<number, { print: string; deliveries: Deliveries }>();

  function deliveries(log: Log, report: ChannelReport, range: TimeRange | null): Deliveries {
    const { messages, exchanges } = log.history;
    const sequence = messages.of(report.id);
    const last = sequence.length === 0 ? 0 : sequence.at(sequence.length - 1);
    const print = [last, sequence.length, exchanges.of(report.id).length, report.useful, range?.from, range?.to].join();
    const made = known.get(report.id);
    if (made?.print === print) return made.deliveries;
    const next = deliveriesOf(log, report.id, range);
    known.set(report.id, { print, deliveries: next });
    return next;
  }

  return (log, reports, range) => {
    if (log !== of) {
      known.clear();
      of = log;
    }
    const own = reports.map((report) => deliveries(log, report, range));
    const lives = reports.map(({ startedAt, lastAt }) => ({
      from: Math.max(startedAt, range?.from ?? -Infinity),
      to: Math.min(lastAt, range?.to ?? Infinity),
    }));
    const matching = matchDeliveries(
      own.map(({ all }) => all),
      lives,
    );
    const channels = reports.map((report, i): Compared => {
      const delivery = matching.channels[i]!;
      // Costs are of all events: of some alone nobody can say.
      const events = own[i]!.isWhole && delivery.events > 0 ? delivery.events : null;
      const wire = report.bytes.wire.value;
      return {
        ...delivery,
        report,
        bytesPerEvent: events === null || wire === null ? null : wire / events,
        requestsPerEvent: events === null ? null : report.requests / events,
      };
    });
    return { matching, channels };
  };
}
