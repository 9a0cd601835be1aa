import type { Saving } from '../../../core/advise/advice.ts';
import type { Advice } from '../../../core/advise/rules.ts';
import {
  adviceEvidence,
  adviceHow,
  adviceTitle,
  caveatText,
  changeConditionText,
  effortText,
} from '../../words/advice.ts';
import { changeText, decimal, scaledBytes } from '../../words/advice-numbers.ts';
import { t } from '../../words/t.ts';
import { Links } from './Links.tsx';
import { SavingTable } from './SavingTable.tsx';

interface Props {
  advice: Advice;
  isBest: boolean;
  clients: number;
}

/** One thing to do: what, why, what it saves, how, and what speaks against it. */
export function AdviceCard({ advice, isBest, clients }: Props) {
  const { rule, effort, saving, wouldChangeIf, caveats, links } = advice;
  return (
    <li>
      <details class="card" data-rule={rule} open={isBest}>
        <summary>
          <span class="card__title">{adviceTitle(advice)}</span>
          {isBest && <span class="card__tag card__tag--best">{t('advice_best')}</span>}
          <span class="card__tag">{effortText(effort)}</span>
          {rule !== 'keep-it' && <span class="card__saving">{savingText(saving)}</span>}
        </summary>
        <div class="card__body">
          <div>
            <Part title={t('advice_evidence')} items={adviceEvidence(advice)} />
            <Part title={t('advice_how')} items={[adviceHow(advice)]} />
            <Part title={t('advice_wouldChangeIf')} items={wouldChangeIf.map(changeConditionText)} />
          </div>
          <div>
            {rule !== 'keep-it' && <SavingTable saving={saving} clients={clients} />}
            <Part title={t('advice_caveats')} items={caveats.map(caveatText)} />
            <Links links={links} />
          </div>
        </div>
      </details>
    </li>
  );
}

const savingText = ({ requestsPerHour, bytesPerHour }: Saving): string =>
  t('advice_saving_short', changeText(requestsPerHour.value, decimal), changeText(bytesPerHour.value, scaledBytes));

export function Part({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <p class="card__label">{title}</p>
      {items.length === 1 ? (
        <p>{items[0]}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </>
  );
}
