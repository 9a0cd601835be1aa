import type { ComponentType } from 'preact';
import type { Tab } from '../../settings.ts';
import type { Store } from '../../store.ts';
import type { MessageKey } from '../../words/t.ts';
import { AdviceView } from '../advice/AdviceView.tsx';
import { ChartsView } from '../charts/ChartsView.tsx';
import { CompareView } from '../compare/CompareView.tsx';
import { MessagesTab } from '../messages/MessagesView.tsx';
import { Overview } from '../overview/Overview.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { WhatIfView } from '../what-if/WhatIfView.tsx';

/** One tab of the panel. */
export interface ViewEntry {
  tab: Tab;
  title: MessageKey;
  View: ComponentType<{ store: Store }>;
  /** The details of the selected channel stand beside it. */
  besideDetail: boolean;
  /** It shows rows, of which some may meet a filter that no channel as a whole meets. */
  showsRows?: true;
}

/** The tabs, in their order. */
export const VIEWS: readonly ViewEntry[] = [
  { tab: 'overview', title: 'tab_overview', View: Overview, besideDetail: true },
  { tab: 'timeline', title: 'tab_timeline', View: Timeline, besideDetail: true },
  { tab: 'charts', title: 'tab_charts', View: ChartsView, besideDetail: false },
  { tab: 'messages', title: 'tab_messages', View: MessagesTab, besideDetail: false, showsRows: true },
  { tab: 'compare', title: 'tab_compare', View: CompareView, besideDetail: false },
  { tab: 'advice', title: 'tab_advice', View: AdviceView, besideDetail: false },
  { tab: 'what-if', title: 'tab_whatIf', View: WhatIfView, besideDetail: false },
];
