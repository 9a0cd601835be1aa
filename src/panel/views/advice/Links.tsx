import type { Link } from '../../../core/advise/advice.ts';
import { t } from '../../words/t.ts';

/** The standards that an advice or a finding rests on, in a tab of their own. */
export function Links({ links }: { links: readonly Link[] }) {
  if (links.length === 0) return null;
  return (
    <p class="card__links">
      <span class="muted">{t('advice_links')}</span>{' '}
      {links.map(({ label, url }) => (
        <a key={url} href={url} target="_blank" rel="noreferrer">
          {label}
        </a>
      ))}
    </p>
  );
}
