import type { Store } from '../../store.ts';
import { shortName } from '../../words/channel.ts';
import { t } from '../../words/t.ts';
import './channel-picker.css';

interface Props {
  store: Store;
  /** What it says while no channel is chosen. */
  none: string;
  shown: number | null;
}

/** Chooses the channel that the view is about, which is the one that is selected everywhere. */
export function ChannelPicker({ store, none, shown }: Props) {
  return (
    <label class="channel-picker">
      <span>{t('advice_channel')}</span>
      <select
        name="channel"
        value={shown === null ? '' : String(shown)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          store.select(value === '' ? null : Number(value));
        }}
      >
        <option value="">{none}</option>
        {store.shown.value.map((channel) => (
          <option key={channel.id} value={String(channel.id)}>
            {shortName(channel)}
          </option>
        ))}
      </select>
    </label>
  );
}
