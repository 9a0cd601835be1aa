import { useState } from 'preact/hooks';
import { BOUNDS, changeSettings, resetSettings, type Settings, settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { count } from '../../words/numbers.ts';
import { LANGUAGES, type MessageKey, t } from '../../words/t.ts';
import { Dialog } from '../layout/Dialog.tsx';
import { COLUMNS } from '../overview/columns.tsx';
import { DeepSection } from './DeepSection.tsx';
import './settings.css';

/** Everything the user may choose. Changes hold at once, in every panel. */
export function SettingsDialog({ store }: { store: Store }) {
  return (
    <Dialog title={t('settings')}>
      <div class="dialog__content settings">
        <Section title="settings_look">
          <Choice
            name="language"
            label="settings_language"
            options={{ auto: t('settings_auto'), ...languageNames() }}
          />
          <Choice
            name="theme"
            label="settings_theme"
            options={{ auto: t('settings_auto'), light: t('theme_light'), dark: t('theme_dark') }}
          />
          <Choice
            name="timeFormat"
            label="settings_timeFormat"
            options={{ clock: t('time_clock'), relative: t('time_relative'), iso: t('time_iso') }}
          />
        </Section>
        <Section title="settings_record">
          <Amount name="messages" label="settings_messages" />
          <Amount name="contentMegabytes" label="settings_content" />
          <Amount name="textChars" label="settings_textChars" />
          <Amount name="binaryBytes" label="settings_binaryBytes" />
          <StampField />
          <Tick name="stacks" label="settings_stacks" />
        </Section>
        <DeepSection store={store} />
        <Section title="columns">
          {COLUMNS.filter(({ id }) => id !== 'url').map(({ id, title }) => (
            <ColumnTick key={id} id={id} title={title} />
          ))}
        </Section>
      </div>
      <footer>
        <button type="button" class="button" onClick={resetSettings}>
          {t('settings_reset')}
        </button>
      </footer>
    </Dialog>
  );
}

/** Each language in itself, so that whoever needs it can read it. */
const languageNames = (): Record<string, string> =>
  Object.fromEntries(LANGUAGES.map((tag) => [tag, new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag]));

const Section = ({ title, children }: { title: MessageKey; children: preact.ComponentChildren }) => (
  <fieldset class="settings__section">
    <legend>{t(title)}</legend>
    {children}
  </fieldset>
);

/** Names of the settings whose value is of this kind. */
type Of<Kind> = { [K in keyof Settings]: Settings[K] extends Kind ? K : never }[keyof Settings];

function Choice({
  name,
  label,
  options,
}: {
  name: 'language' | 'theme' | 'timeFormat';
  label: MessageKey;
  options: Record<string, string>;
}) {
  return (
    <label class="settings__row">
      <span>{t(label)}</span>
      <select
        name={name}
        value={settings.value[name]}
        onChange={(event) => changeSettings({ [name]: event.currentTarget.value })}
      >
        {Object.entries(options).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A number within bounds; one outside them is said to be so, and not taken. */
function Amount({ name, label }: { name: keyof typeof BOUNDS; label: MessageKey }) {
  const [wrong, setWrong] = useState(false);
  const [low, high] = BOUNDS[name];
  return (
    <label class="settings__row">
      <span>
        {t(label)}
        {wrong && (
          <small class="settings__wrong" role="alert">
            {t('settings_bounds', count(low), count(high))}
          </small>
        )}
      </span>
      <input
        type="number"
        name={name}
        min={low}
        max={high}
        value={settings.value[name]}
        aria-invalid={wrong}
        onInput={({ currentTarget: { valueAsNumber } }) => {
          const fits = Number.isInteger(valueAsNumber) && valueAsNumber >= low && valueAsNumber <= high;
          setWrong(!fits);
          if (fits) changeSettings({ [name]: valueAsNumber });
        }}
      />
    </label>
  );
}

function Tick({ name, label }: { name: Of<boolean>; label: MessageKey }) {
  return (
    <label class="settings__row">
      <span>{t(label)}</span>
      <input
        type="checkbox"
        name={name}
        checked={settings.value[name]}
        onChange={(event) => changeSettings({ [name]: event.currentTarget.checked })}
      />
    </label>
  );
}

function StampField() {
  return (
    <label class="settings__row">
      <span>{t('settings_stamp')}</span>
      <input
        type="text"
        name="timestampField"
        placeholder={t('settings_stamp_auto')}
        value={settings.value.timestampField}
        spellcheck={false}
        onInput={(event) => changeSettings({ timestampField: event.currentTarget.value.trim() })}
      />
    </label>
  );
}

function ColumnTick({ id, title }: { id: string; title: MessageKey }) {
  const { hiddenColumns } = settings.value;
  return (
    <label class="settings__row">
      <span>{t(title)}</span>
      <input
        type="checkbox"
        name={`column-${id}`}
        checked={!hiddenColumns.includes(id)}
        onChange={(event) =>
          changeSettings({
            hiddenColumns: event.currentTarget.checked
              ? hiddenColumns.filter((other) => other !== id)
              : [...hiddenColumns, id],
          })
        }
      />
    </label>
  );
}
