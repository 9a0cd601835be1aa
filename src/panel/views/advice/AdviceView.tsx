import { useEffect } from 'preact/hooks';
import type { Advice } from '../../../core/advise/rules.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import { analysisOf } from '../../analysis/analysis.ts';
import { changeSettings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { ChannelName } from '../layout/ChannelName.tsx';
import { Nothing } from '../states/Nothing.tsx';
import { ClientsInput } from '../what-if/ClientsInput.tsx';
import { wanted } from '../what-if/settings.ts';
import { AdviceCard } from './AdviceCard.tsx';
import { ChannelPicker } from './ChannelPicker.tsx';
import { FindingCard } from './FindingCard.tsx';
import { Guide, GuideButton } from './Guide.tsx';
import './advice.css';

/** What is wrong and what to use instead, of the selected channel or of all. */
export function AdviceView({ store }: { store: Store }) {
  const analysis = analysisOf(store);
  useEffect(() => analysis.watch(), [analysis]);
  const { shown, selected } = store;
  if (shown.value.length === 0)
    return (
      <div class="advice advice--empty">
        <Nothing store={store} />
        <section class="advice__guide" aria-label={t('guide_title')}>
          <h2>{t('guide_title')}</h2>
          <Guide />
        </section>
      </div>
    );
  const channels = selected.value === null ? shown.value : [selected.value];
  return (
    <div class="advice">
      <div class="advice__bar">
        <ChannelPicker store={store} none={t('advice_allChannels')} shown={selected.value?.id ?? null} />
        <ClientsInput />
        <GuideButton />
      </div>
      {analysis.isReady.value ? (
        <div class="advice__list">
          <Findings store={store} channels={channels} />
          <AdviceList store={store} channels={channels} />
        </div>
      ) : (
        <p class="advice__state" role="status">
          {t(analysis.hasFailed.value ? 'advice_failed' : 'advice_working')}
        </p>
      )}
    </div>
  );
}

interface Props {
  store: Store;
  channels: readonly ChannelReport[];
}

function Findings({ store, channels }: Props) {
  const ids = new Set(channels.map(({ id }) => id));
  const findings = analysisOf(store).findings.value.filter(({ channelIds }) => channelIds.some((id) => ids.has(id)));
  return (
    <section aria-labelledby="advice-health">
      <h2 id="advice-health">{t('health_title')}</h2>
      {findings.length === 0 ? (
        <p class="muted">{t('health_nothing')}</p>
      ) : (
        <ul class="cards">
          {findings.map((finding) => (
            <FindingCard
              key={`${finding.check} ${finding.channelIds} ${'kind' in finding.evidence ? finding.evidence.kind : ''}`}
              finding={finding}
              channels={store.channels.value}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** By channel, those with most to save first. */
function AdviceList({ store, channels }: Props) {
  const known = analysisOf(store).advice.value;
  const groups = channels
    .map((channel) => ({ channel, advice: known.get(channel.id) ?? [] }))
    .filter(({ advice }) => advice.length > 0)
    .toSorted((a, b) => bestSaving(b.advice) - bestSaving(a.advice));
  return (
    <section aria-labelledby="advice-use">
      <h2 id="advice-use">{t('advice_title')}</h2>
      {groups.length === 0 && <p class="muted">{t('advice_nothing')}</p>}
      {groups.map(({ channel, advice }) => (
        <Group key={channel.id} store={store} channel={channel} advice={advice} />
      ))}
    </section>
  );
}

const bestSaving = (advice: readonly Advice[]): number =>
  advice.reduce((most, { saving }) => Math.max(most, saving.pointsPerHour.value), 0);

function Group({ store, channel, advice }: { store: Store; channel: ChannelReport; advice: readonly Advice[] }) {
  const { clients } = wanted.value;
  const tryOut = () => {
    store.select(channel.id);
    changeSettings({ tab: 'what-if' });
  };
  return (
    <section class="advice__channel" data-channel={channel.id}>
      <header>
        <h3>
          <ChannelName channel={channel} />
        </h3>
        <button type="button" class="button" onClick={tryOut}>
          {t('advice_whatIf')}
        </button>
      </header>
      <ol class="cards">
        {advice.map((one, i) => (
          <AdviceCard key={one.rule} advice={one} isBest={i === 0} clients={clients} />
        ))}
      </ol>
    </section>
  );
}
