import browser from 'webextension-polyfill';
import { readStack, type StackFrame } from '../../../core/inspect/stack.ts';
import { visibleLine } from '../../../core/inspect/visible-text.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import { changeSettings, settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { Section } from './Facts.tsx';

const MAX_FRAMES = 20;
const NAME_CHARS = 120;

/** Where the page asked for it: the calls that led to the newest request or connection whose stack was recorded. */
export function StackSection({ store, channel }: { store: Store; channel: ChannelReport }) {
  const carriers = [...store.log.history.exchanges.of(channel.id), ...(store.connections.get(channel.id) ?? [])];
  const stack = carriers.findLast((carrier) => carrier.stack !== null)?.stack ?? null;
  return (
    <Section id="stack" title={t('stack')}>
      {stack === null ? (
        <NotRecorded />
      ) : (
        <ol class="stack">
          {readStack(stack)
            .slice(0, MAX_FRAMES)
            .map((frame) => (
              <li key={`${frame.url}:${frame.line}:${frame.column}:${frame.name}`}>
                <span class="stack__name">{visibleLine(frame.name ?? t('stack_anonymous'), NAME_CHARS)}</span>
                <button type="button" class="stack__place" title={frame.url} onClick={() => show(frame)}>
                  {visibleLine(placeOf(frame), NAME_CHARS)}
                </button>
              </li>
            ))}
        </ol>
      )}
    </Section>
  );
}

function NotRecorded() {
  if (settings.value.stacks) return <p class="muted">{t('stack_none')}</p>;
  return (
    <p class="muted">
      {t('stack_off')}{' '}
      <button type="button" class="button" onClick={() => changeSettings({ stacks: true })}>
        {t('stack_on')}
      </button>
    </p>
  );
}

/** `app.js:12` */
const placeOf = ({ url, line }: StackFrame): string => `${url.split(/[?#]/, 1)[0]!.split('/').at(-1) || url}:${line}`;

/** Opens the source in DevTools; the viewer has none. */
function show({ url, line }: StackFrame): void {
  const { devtools } = browser as { devtools?: { panels: { openResource?(url: string, line: number): void } } };
  devtools?.panels.openResource?.(url, line - 1);
}
