import { FEW_HELD } from '../../core/classify/held.ts';
import { BACK_TO_BACK, ENTER, HELD, LEAVE, type Verdict } from '../../core/classify/verdict.ts';
import { percent } from './numbers.ts';
import { t } from './t.ts';

/** What would have to be seen for another verdict. */
export function wouldChange({ transport, provisional, evidence }: Verdict): string {
  const change = changeOf(transport, new Set(evidence.map(({ kind }) => kind)));
  // One odd request proves nothing against a lasting verdict.
  return provisional || transport === null || change === t('change_nothing')
    ? change
    : `${change} ${t('change_twice')}`;
}

function changeOf(transport: Verdict['transport'], kinds: ReadonlySet<string>): string {
  if (kinds.has('few')) return t('change_few');
  if (transport === null) return t('change_undecided', percent(ENTER), percent(LEAVE));
  if (kinds.has('failures')) return t('change_failures');
  if (kinds.has('upload')) return t('change_upload');
  switch (transport) {
    case 'long-polling':
      return kinds.has('back-to-back')
        ? t('change_longPolling', percent(HELD), percent(BACK_TO_BACK), percent(FEW_HELD))
        : t('change_nothing');
    case 'polling':
      return kinds.has('back-to-back') ? t('change_chatty', percent(HELD)) : t('change_polling', percent(LEAVE));
    case 'request':
      return t('change_request', percent(ENTER));
    default:
      return t('change_nothing');
  }
}
