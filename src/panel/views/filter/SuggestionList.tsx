import type { Suggestion, Suggestions } from '../../../core/filter/suggest.ts';
import { t } from '../../words/t.ts';
import { keyHelp } from './key-help.ts';

interface Props {
  id: string;
  optionId: (index: number) => string;
  /** null: nothing is proposed. */
  open: Suggestions | null;
  active: number;
  onTake: (item: Suggestion) => void;
}

/** What may come next, below the text. The focus stays in the text. */
export function SuggestionList({ id, optionId, open, active, onTake }: Props) {
  return (
    <div id={id} class="suggestions" role="listbox" aria-label={t('filter_suggestions')} hidden={open === null}>
      {open?.items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text's, which keeps the focus.
        <div
          key={item.text}
          id={optionId(index)}
          class="suggestions__item"
          role="option"
          aria-selected={index === active}
          ref={(element) => {
            if (index === active) element?.scrollIntoView({ block: 'nearest' });
          }}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(item)}
        >
          <span>{item.text}</span>
          {item.value === null && <span class="muted">{keyHelp(item.key)}</span>}
        </div>
      ))}
    </div>
  );
}
