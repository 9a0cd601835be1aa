import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { type ChannelPair, compareSessions, type SessionFigure } from '../../../core/compare/sessions.ts';
import { type ChannelReport, reportChannel } from '../../../core/session/report.ts';
import type { Store } from '../../store.ts';
import { bytes, count, percent, UNKNOWN_TEXT } from '../../words/numbers.ts';
import { type MessageKey, t } from '../../words/t.ts';
import { readLog } from '../session/open.ts';
import { TransportBadge } from '../TransportBadge.tsx';
import '../layout/plain-table.css';

type Other = { name: string; reports: ChannelReport[] } | { name: string; reason: string };
/** The recording from before. Kept while other views are shown. */
const other = signal<Other | null>(null);

/** What is on screen, beside a recording from before. */
export function SessionsCompare({ store }: { store: Store }) {
  const input = useRef<HTMLInputElement>(null);
  const open = async (file: File) => {
    const { name } = file;
    try {
      const log = await readLog(file, () => {});
      other.value = { name, reports: log.channels.map((channel) => reportChannel(log, channel)) };
    } catch (error) {
      other.value = { name, reason: error instanceof Error ? error.message : String(error) };
    }
  };
  const before = other.value;
  return (
    <div class="compare__body">
      <div class="compare__open">
        <button type="button" class="button" onClick={() => input.current!.click()}>
          {t('compare_open')}
        </button>
        <input
          ref={input}
          type="file"
          class="compare__file"
          accept=".json,.har,application/json"
          tabIndex={-1}
          aria-label={t('compare_open')}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            currentTarget.value = '';
            if (file !== undefined) void open(file);
          }}
        />
        {before !== null && 'reason' in before && (
          <span class="compare__wrong" role="alert">
            {t('import_failed', before.name, before.reason)}
          </span>
        )}
      </div>
      {before === null || 'reason' in before ? (
        <p class="compare__hint">{t('compare_sessions_hint')}</p>
      ) : (
        <Beside before={before} after={store.shown.value} afterName={store.opened.value?.name ?? t('compare_now')} />
      )}
    </div>
  );
}

interface BesideProps {
  before: { name: string; reports: ChannelReport[] };
  after: readonly ChannelReport[];
  afterName: string;
}

function Beside({ before, after, afterName }: BesideProps) {
  const { figures, pairs } = compareSessions(before.reports, after);
  return (
    <>
      <table class="plain-table compare__figures">
        <thead>
          <tr>
            <td />
            <th scope="col" class="number">
              {before.name}
            </th>
            <th scope="col" class="number">
              {afterName}
            </th>
            <th scope="col" class="number">
              {t('compare_change')}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={figure.id} data-figure={figure.id}>
              <th scope="row">{t(TITLES[figure.id])}</th>
              <td class="number">{read(figure.before, figure.unit)}</td>
              <td class="number">{read(figure.after, figure.unit)}</td>
              <Change figure={figure} />
            </tr>
          ))}
        </tbody>
      </table>
      <PairsTable pairs={pairs} beforeName={before.name} afterName={afterName} />
    </>
  );
}

const TITLES: Record<SessionFigure['id'], MessageKey> = {
  requestsPerMinute: 'compare_requestsPerMinute',
  wastedShare: 'wasted',
  wireBytesPerMinute: 'compare_wireBytesPerMinute',
  overhead: 'overhead',
  messagesPerMinute: 'compare_messagesPerMinute',
  connections: 'connections',
};

function read(value: number | null, unit: SessionFigure['unit']): string {
  if (value === null) return UNKNOWN_TEXT;
  return unit === 'share' ? percent(value) : unit === 'bytes' ? bytes(Math.round(value)) : count(value);
}

/** In per cent of before; better and worse in words, too, not by colour alone. */
function Change({ figure: { before, after, lessIsBetter } }: { figure: SessionFigure }) {
  if (before === null || after === null || before === 0) return <td class="number">{UNKNOWN_TEXT}</td>;
  const change = (after - before) / before;
  const sign = change > 0 ? '+' : '−';
  const text = change === 0 ? percent(0) : `${sign}${percent(Math.abs(change))}`;
  const judged = lessIsBetter === null || change === 0 ? null : change < 0 === lessIsBetter ? 'better' : 'worse';
  if (judged === null) return <td class="number">{text}</td>;
  return (
    <td class={`number compare__${judged}`}>
      {text} {t(judged === 'better' ? 'compare_better' : 'compare_worse')}
    </td>
  );
}

function PairsTable({
  pairs,
  beforeName,
  afterName,
}: {
  pairs: readonly ChannelPair[];
  beforeName: string;
  afterName: string;
}) {
  return (
    <table class="plain-table compare__pairs">
      <thead>
        <tr>
          <th scope="col">{t('timeline_channel')}</th>
          <th scope="col">{beforeName}</th>
          <th scope="col">{afterName}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ name, before, after }, i) => (
          <tr key={i} data-pair={name}>
            <th scope="row">{name}</th>
            <Side report={before} />
            <Side report={after} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ report }: { report: ChannelReport | null }) {
  if (report === null) return <td class="muted">{t('compare_absent')}</td>;
  const { verdict, requests, wastedTotal, bytes: size } = report;
  return (
    <td>
      <span class="compare__side">
        <TransportBadge verdict={verdict} />
        {t('compare_side', count(requests), count(wastedTotal), bytes(size.wire.value))}
      </span>
    </td>
  );
}
