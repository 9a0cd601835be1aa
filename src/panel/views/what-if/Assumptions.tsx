import type { Assumption } from '../../../core/simulate/assumptions.ts';
import { rangeText } from '../../words/advice-numbers.ts';
import { assumptionFormat, assumptionText, basisText } from '../../words/advice-what-if.ts';
import { UNKNOWN_TEXT } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';

/** What the figures rest on. */
export function Assumptions({ assumptions }: { assumptions: readonly Assumption[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keys.
    <section class="what-if__scroller" tabIndex={0} aria-labelledby="what-if-assumptions">
      <h2 id="what-if-assumptions">{t('whatif_assumptions')}</h2>
      <table class="plain-table assumptions">
        <thead>
          <tr>
            <th scope="col">{t('whatif_assume_name')}</th>
            <th scope="col" class="number">
              {t('whatif_assume_value')}
            </th>
            <th scope="col" class="number">
              {t('whatif_assume_range')}
            </th>
            <th scope="col">{t('whatif_assume_basis')}</th>
          </tr>
        </thead>
        <tbody>
          {assumptions.map(({ id, estimate, basis }) => (
            <tr key={id}>
              <th scope="row">{assumptionText(id)}</th>
              <td class="number">{assumptionFormat(id)(estimate.value)}</td>
              <td class="number">{rangeText(estimate, assumptionFormat(id)) ?? UNKNOWN_TEXT}</td>
              <td>{basisText(basis)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">{t('whatif_assumptions_text')}</p>
    </section>
  );
}
