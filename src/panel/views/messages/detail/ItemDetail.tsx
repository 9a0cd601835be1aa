import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../../../words/t.ts';
import { useMessages } from '../context.ts';
import { type Item, itemOf, payloadOf, sizeOf } from '../item.ts';
import { ItemHead } from './ItemHead.tsx';
import { type DetailTab, tabsOf } from './tabs.tsx';
import './item-detail.css';

/** The content of the selected row, in as many ways as it can be read. */
export function ItemDetail({ item: held }: { item: Item }) {
  const view = useMessages();
  // A request goes on after it was selected, and a Blob's content comes after its message.
  view.store.beat.value;
  const item = itemOf(view.list, held.row) ?? held;
  const wanted = useSignal<string>('');
  const tabs = tabsOf(view, item);
  const shown = tabs.find(({ id }) => id === wanted.value) ?? tabs[0]!;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    view.select(null);
    document.querySelector<HTMLElement>('.messages [role="grid"]')?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section class="item" id={`${view.id}-detail`} aria-label={t('msg_detail')} onKeyDown={onKeyDown}>
      <ItemHead item={item} payload={payloadOf(item)} sizeBytes={sizeOf(item)} />
      <Tabs
        tabs={tabs}
        shown={shown}
        onChoose={(id) => {
          wanted.value = id;
        }}
      />
      <Panel tab={shown}>{shown.content()}</Panel>
    </section>
  );
}

function Tabs(props: { tabs: readonly DetailTab[]; shown: DetailTab; onChoose: (id: string) => void }) {
  const { tabs, shown, onChoose } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length]!;
    onChoose(next.id);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#item-tab-${next.id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('msg_detail_tabs')} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`item-tab-${tab.id}`}
          aria-controls="item-panel"
          aria-selected={tab.id === shown.id}
          tabIndex={tab.id === shown.id ? 0 : -1}
          onClick={() => onChoose(tab.id)}
        >
          {t(tab.title)}
        </button>
      ))}
    </div>
  );
}

function Panel({ tab, children }: { tab: DetailTab; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled box must be reached by keys.
    <div class="item__panel" role="tabpanel" id="item-panel" aria-labelledby={`item-tab-${tab.id}`} tabIndex={0}>
      {children}
    </div>
  );
}
