import { changeSettings, settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { Divider } from '../layout/Divider.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { ChannelTable } from './ChannelTable.tsx';
import './overview.css';

const MIN_TIMELINE_PX = 90;

/** What the page does, at a glance: its channels, and when they spoke. */
export function Overview({ store }: { store: Store }) {
  const { timelineHeight } = settings.value;
  return (
    <div class="overview" style={{ '--timeline': `${timelineHeight}px` }}>
      <ChannelTable store={store} />
      <Divider
        label={t('divider_timeline')}
        px={timelineHeight}
        minPx={MIN_TIMELINE_PX}
        edge="top"
        onChange={(px) => changeSettings({ timelineHeight: px })}
      />
      <Timeline store={store} />
    </div>
  );
}
