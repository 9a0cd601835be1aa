import { count } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { Slider } from './Slider.tsx';
import { CLIENTS, MAX_CLIENTS, want, wanted } from './settings.ts';
import './controls.css';

/** How many clients there are: a slider for the order of magnitude, a field for the number. */
export function ClientsInput() {
  const { clients } = wanted.value;
  return (
    <div class="clients">
      <Slider
        name="clients"
        label={t('advice_clients')}
        values={CLIENTS}
        value={clients}
        format={count}
        onChange={(value) => want({ clients: value })}
      />
      <input
        type="number"
        name="clients-exactly"
        min={1}
        max={MAX_CLIENTS}
        step={1}
        value={clients}
        aria-label={t('advice_clients_title')}
        title={t('advice_clients_title')}
        onChange={(event) => {
          const { valueAsNumber } = event.currentTarget;
          if (Number.isInteger(valueAsNumber) && valueAsNumber >= 1 && valueAsNumber <= MAX_CLIENTS)
            want({ clients: valueAsNumber });
          else event.currentTarget.value = String(wanted.peek().clients);
        }}
      />
    </div>
  );
}
