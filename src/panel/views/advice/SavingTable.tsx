import type { Saving } from '../../../core/advise/advice.ts';
import { type Estimate, mapEstimate } from '../../../core/simulate/estimate.ts';
import { changeText, decimal, estimateText, rangeText, scaledBytes } from '../../words/advice-numbers.ts';
import { count, duration } from '../../words/numbers.ts';
import { plural, t } from '../../words/t.ts';

const SECONDS_PER_HOUR = 3600;

/** What an advice saves: one client an hour, and at the server all of them a second. */
export function SavingTable({ saving, clients }: { saving: Saving; clients: number }) {
  const { requestsPerHour, bytesPerHour, stalenessMs, pointsPerHour } = saving;
  const atScale = (saved: Estimate) => mapEstimate(saved, (n) => (n * clients) / SECONDS_PER_HOUR);
  const { from, to } = stalenessMs;
  const atClients = plural(
    clients,
    { one: 'advice_saving_atClients_one', other: 'advice_saving_atClients_other' },
    count(clients),
  );
  return (
    <table class="saving">
      <thead>
        <tr>
          <th scope="col">{t('advice_saving')}</th>
          <th scope="col" class="number">
            {t('advice_saving_perHour')}
          </th>
          <th scope="col" class="number">
            {atClients}
          </th>
        </tr>
      </thead>
      <tbody>
        <tr data-saving="requests">
          <th scope="row">{t('advice_saving_requests')}</th>
          <Saved saved={requestsPerHour} format={decimal} />
          <Saved saved={atScale(requestsPerHour)} format={decimal} />
        </tr>
        <tr data-saving="bytes">
          <th scope="row">{t('advice_saving_bytes')}</th>
          <Saved saved={bytesPerHour} format={scaledBytes} />
          <Saved saved={atScale(bytesPerHour)} format={scaledBytes} />
        </tr>
        <tr data-saving="staleness">
          <th scope="row">{t('advice_saving_staleness')}</th>
          <td class="number" colSpan={2}>
            {t('advice_saving_fromTo', estimateText(from, duration), estimateText(to, duration))}
          </td>
        </tr>
        <tr data-saving="points">
          <th scope="row" title={t('advice_points_title')}>
            {t('advice_saving_points')}
          </th>
          <Saved saved={pointsPerHour} format={decimal} />
          <td />
        </tr>
      </tbody>
    </table>
  );
}

function Saved({ saved, format }: { saved: Estimate; format: (n: number) => string }) {
  const range = rangeText(saved, format);
  return (
    <td class="number">
      {changeText(saved.value, format)}
      {range !== null && <small>{range}</small>}
    </td>
  );
}
