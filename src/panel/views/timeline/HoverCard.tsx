import { settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { outcomeText, phasesText, requestText } from '../../words/exchange.ts';
import { bytes, count, duration } from '../../words/numbers.ts';
import { plural, t } from '../../words/t.ts';
import { instant } from '../../words/times.ts';
import type { Hit } from './hit.ts';

/** What the pointer rests on, in words. */
export function HoverCard({
  hit,
  x,
  y,
  flip,
  now,
  store,
}: {
  hit: Hit;
  x: number;
  y: number;
  flip: boolean;
  now: number;
  store: Store;
}) {
  const lines = describe(hit, now, store);
  const place = flip ? { right: `calc(100% - ${x - 12}px)` } : { left: `${x + 12}px` };
  return (
    <div class="timeline__card" role="tooltip" style={{ top: `${y + 12}px`, ...place }}>
      {lines.map((line, i) => (
        <div key={line} class={i > 1 ? 'muted' : ''}>
          {line}
        </div>
      ))}
    </div>
  );
}

function describe(hit: Hit, now: number, store: Store): string[] {
  const at = (time: number) => instant(time, store.log.startedAt, settings.value.timeFormat);
  switch (hit.kind) {
    case 'exchange': {
      const { exchange, lane } = hit;
      const took = (exchange.endedAt ?? now) - exchange.startedAt;
      return [
        `${requestText(exchange)} · ${outcomeText(exchange, lane.isPoll)}`,
        `${at(exchange.startedAt)} · ${duration(took)} · ${bytes(exchange.responseBodyBytes)}`,
        phasesText(exchange, now),
        ...(exchange.hidden === true ? [t('timeline_whileHidden')] : []),
      ];
    }
    case 'messages': {
      const message = store.log.history.messages.get(hit.first);
      if (message === null) return [];
      const many = plural(hit.count, { one: 'timeline_message', other: 'timeline_messages' }, count(hit.count));
      const kind =
        hit.count > 1
          ? many
          : `${t(message.direction === 'sent' ? 'messages_sent' : 'messages_received')} · ${message.type}`;
      return [kind, hit.count > 1 ? at(message.at) : `${at(message.at)} · ${bytes(message.payloadBytes)}`];
    }
    case 'gap':
      return [t('timeline_gap'), `${at(hit.gap.from)} · ${duration((hit.gap.to ?? now) - hit.gap.from)}`];
    case 'lane':
      return [at(hit.at)];
  }
}
