import type { WhatIfTable } from '../../analysis/messages.ts';
import { decimal } from '../../words/advice-numbers.ts';
import { duration } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { ClientsInput } from './ClientsInput.tsx';
import { Slider } from './Slider.tsx';
import { HOLDS, PERIODS, RATES, ROUND_TRIPS, resetWanted, want, wanted } from './settings.ts';
import './controls.css';

/** Everything that can be turned. `settings`: what the figures on screen were made with. */
export function Controls({ settings }: { settings: WhatIfTable['settings'] }) {
  // What was just turned is shown at once, whether or not its figures are there yet.
  const chosen = wanted.value;
  return (
    <form class="controls" aria-label={t('whatif_controls')} onSubmit={(event) => event.preventDefault()}>
      <Slider
        name="period"
        label={t('whatif_period')}
        values={PERIODS}
        value={chosen.periodMs ?? settings.periodMs}
        format={duration}
        onChange={(periodMs) => want({ periodMs })}
      />
      <label class="controls__row">
        <span>{t('whatif_timer')}</span>
        <select
          name="timer"
          value={chosen.timer ?? settings.timer}
          onChange={(event) => want({ timer: event.currentTarget.value as typeof settings.timer })}
        >
          <option value="interval">{t('whatif_timer_interval')}</option>
          <option value="timeout">{t('whatif_timer_timeout')}</option>
        </select>
      </label>
      <Tick
        name="conditional"
        label={t('whatif_conditional')}
        on={chosen.conditional ?? settings.conditional}
        onChange={(conditional) => want({ conditional })}
      />
      <Slider
        name="hold"
        label={t('whatif_hold')}
        values={HOLDS}
        value={chosen.holdMs ?? settings.holdMs}
        format={duration}
        onChange={(holdMs) => want({ holdMs })}
      />
      <Tick
        name="deflate"
        label={t('whatif_deflate')}
        on={chosen.deflate ?? settings.deflate}
        onChange={(deflate) => want({ deflate })}
      />
      <Slider
        name="rtt"
        label={t('whatif_rtt')}
        values={ROUND_TRIPS}
        value={chosen.rttMs ?? settings.rttMs}
        format={duration}
        onChange={(rttMs) => want({ rttMs })}
      />
      <Slider
        name="rate"
        label={t('whatif_rate')}
        values={RATES}
        value={chosen.rateFactor}
        format={(factor) => t('whatif_times', decimal(factor))}
        onChange={(rateFactor) => want({ rateFactor })}
      />
      <label class="controls__row">
        <span>{t('whatif_httpVersion')}</span>
        <select
          name="httpVersion"
          value={chosen.httpVersion ?? settings.httpVersion}
          onChange={(event) => want({ httpVersion: event.currentTarget.value as typeof settings.httpVersion })}
        >
          <option value="http/1.1">HTTP/1.1</option>
          <option value="h2">HTTP/2</option>
        </select>
      </label>
      <ClientsInput />
      <button type="button" class="button" onClick={resetWanted}>
        {t('whatif_reset')}
      </button>
    </form>
  );
}

interface TickProps {
  name: string;
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

const Tick = ({ name, label, on, onChange }: TickProps) => (
  <label class="controls__tick">
    <input type="checkbox" name={name} checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
    {label}
  </label>
);
