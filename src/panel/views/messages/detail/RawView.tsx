import { useState } from 'preact/hooks';
import { visibleText } from '../../../../core/inspect/visible-text.ts';
import { bytes } from '../../../words/numbers.ts';
import { t } from '../../../words/t.ts';
import { Marked } from '../Marked.tsx';

/** Characters laid out at a time: a line of megabytes would stop the panel for seconds. */
const PIECE_CHARS = 20_000;

/** Text as it is, with what cannot be seen written out. */
export function RawView({ text, pattern }: { text: string; pattern: RegExp | null }) {
  const [pieces, setPieces] = useState(1);
  const shown = text.slice(0, pieces * PIECE_CHARS);
  return (
    <div class="payload">
      <pre class="payload__text">
        <Marked text={visibleText(shown)} pattern={pattern} />
      </pre>
      {shown.length < text.length && (
        <button type="button" class="button" onClick={() => setPieces(pieces + 1)}>
          {t('msg_more', bytes(shown.length), bytes(text.length))}
        </button>
      )}
    </div>
  );
}
