import { useMemo, useState } from 'preact/hooks';
import { hexLines, LINE_BYTES } from '../../../../core/inspect/hex.ts';
import { bytesOfPayload } from '../../../../core/protocols/wire/bytes.ts';
import { bytes as bytesText } from '../../../words/numbers.ts';
import { t } from '../../../words/t.ts';

const PAGE_LINES = 256;

/** A payload's bytes as a dump: offset, hexadecimal, and what of it can be printed. */
export function HexView({ payload }: { payload: string | Uint8Array }) {
  const bytes = useMemo(() => bytesOfPayload(payload), [payload]);
  const [pages, setPages] = useState(1);
  const lines = hexLines(bytes, 0, pages * PAGE_LINES);
  const shown = lines.length * LINE_BYTES;
  return (
    <div class="payload">
      <pre class="payload__hex">
        {lines.map(({ offset, hex, ascii }) => (
          <div key={offset}>
            <span class="muted">{offset.toString(16).padStart(8, '0')}</span>
            {`  ${hex.padEnd(49)}  `}
            <span class="payload__ascii">{ascii}</span>
          </div>
        ))}
      </pre>
      {shown < bytes.length && (
        <button type="button" class="button" onClick={() => setPages(pages * 2)}>
          {t('msg_more', bytesText(shown), bytesText(bytes.length))}
        </button>
      )}
    </div>
  );
}
