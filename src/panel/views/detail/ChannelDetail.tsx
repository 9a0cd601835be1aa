import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ChannelReport } from '../../../core/session/report.ts';
import { changeSettings, settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { type MessageKey, t } from '../../words/t.ts';
import { Divider } from '../layout/Divider.tsx';
import { IconButton } from '../layout/IconButton.tsx';
import { MessagesView } from '../messages/MessagesView.tsx';
import { TransportBadge } from '../TransportBadge.tsx';
import { HeadersTab } from './HeadersTab.tsx';
import { OverviewTab } from './OverviewTab.tsx';
import { TimingTab } from './TimingTab.tsx';
import './channel-detail.css';

const MIN_WIDTH_PX = 280;

interface Props {
  store: Store;
  channel: ChannelReport;
}
type TabId = 'overview' | 'messages' | 'timing' | 'headers';

const TABS: readonly { id: TabId; title: MessageKey; content: (props: Props) => ComponentChildren }[] = [
  { id: 'overview', title: 'detail_tab_overview', content: (props) => <OverviewTab {...props} /> },
  {
    id: 'messages',
    title: 'detail_tab_messages',
    content: ({ store, channel }) => <MessagesView key={channel.id} store={store} channelId={channel.id} />,
  },
  { id: 'timing', title: 'detail_tab_timing', content: (props) => <TimingTab {...props} /> },
  { id: 'headers', title: 'detail_tab_headers', content: (props) => <HeadersTab {...props} /> },
];

/** Whoever walks through channels wants the same of each. */
const chosen = signal<TabId>('overview');

/** All about one channel: why we say so, what it costs, what it said. */
export function ChannelDetail({ store, channel, onClose }: Props & { onClose: () => void }) {
  const tab = TABS.find(({ id }) => id === chosen.value) ?? TABS[0]!;
  return (
    <>
      <Divider
        label={t('detail_width')}
        px={settings.value.detailWidth}
        minPx={MIN_WIDTH_PX}
        edge="left"
        onChange={(detailWidth) => changeSettings({ detailWidth })}
      />
      <aside class="detail" aria-label={t('detail')} style={{ '--detail-width': `${settings.value.detailWidth}px` }}>
        <header class="detail__head">
          <TransportBadge verdict={channel.verdict} />
          <span class="detail__url" title={channel.sampleUrl}>
            {channel.method} {channel.sampleUrl}
          </span>
          <IconButton icon="close" label={t('close')} onClick={onClose} />
        </header>
        <TabList shown={tab.id} />
        <div
          class={`detail__panel detail__panel--${tab.id}`}
          role="tabpanel"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled box must be reached by keys.
          tabIndex={0}
          id="detail-panel"
          aria-labelledby={`detail-tab-${tab.id}`}
        >
          {tab.content({ store, channel })}
        </div>
      </aside>
    </>
  );
}

function TabList({ shown }: { shown: TabId }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const at = TABS.findIndex(({ id }) => id === shown);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    chosen.value = TABS[(to + TABS.length) % TABS.length]!.id;
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#detail-tab-${chosen.value}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('detail_tabs')} onKeyDown={onKeyDown}>
      {TABS.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`detail-tab-${id}`}
          aria-controls="detail-panel"
          aria-selected={id === shown}
          tabIndex={id === shown ? 0 : -1}
          onClick={() => {
            chosen.value = id;
          }}
        >
          {t(title)}
        </button>
      ))}
    </div>
  );
}
