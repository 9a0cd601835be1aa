import type { ComponentType } from 'preact';
import type { Tab } from '../../settings.ts';
import type { Store } from '../../store.ts';
import type { MessageKey } from '../../words/t.ts';
import { Overview } from '../overview/Overview.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { type Later, later } from './later.tsx';

type View = ComponentType<{ store: Store }>;

/** One tab of the panel. */
export interface ViewEntry {
  tab: Tab;
  title: MessageKey;
  View: View | Later<{ store: Store }>;
  /** The details of the selected channel stand beside it. */
  besideDetail: boolean;
  /** It shows rows, of which some may meet a filter that no channel as a whole meets. */
  showsRows?: true;
}

const Charts = later(async () => (await import('../charts/ChartsView.tsx')).ChartsView);
const Messages = later(async () => (await import('../messages/MessagesView.tsx')).MessagesTab);
const Compare = later(async () => (await import('../compare/CompareView.tsx')).CompareView);
const Advice = later(async () => (await import('../advice/AdviceView.tsx')).AdviceView);
const WhatIf = later(async () => (await import('../what-if/WhatIfView.tsx')).WhatIfView);

/** The tabs, in their order. What the first of them does not need is fetched when the panel is on screen. */
export const VIEWS: readonly ViewEntry[] = [
  { tab: 'overview', title: 'tab_overview', View: Overview, besideDetail: true },
  { tab: 'timeline', title: 'tab_timeline', View: Timeline, besideDetail: true },
  { tab: 'charts', title: 'tab_charts', View: Charts, besideDetail: false },
  { tab: 'messages', title: 'tab_messages', View: Messages, besideDetail: false, showsRows: true },
  { tab: 'compare', title: 'tab_compare', View: Compare, besideDetail: false },
  { tab: 'advice', title: 'tab_advice', View: Advice, besideDetail: false },
  { tab: 'what-if', title: 'tab_whatIf', View: WhatIf, besideDetail: false },
];

export const viewOf = (tab: Tab): ViewEntry => VIEWS.find((view) => view.tab === tab) ?? VIEWS[0]!;

/** Fetches what a tab shows, if that is still to be fetched. */
export async function loadView(tab: Tab): Promise<void> {
  const { View } = viewOf(tab);
  if ('load' in View) await View.load();
}
