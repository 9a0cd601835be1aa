import { useMemo, useState } from 'preact/hooks';
import { readJson } from '../../../../core/inspect/read-json.ts';
import { bytes } from '../../../words/numbers.ts';
import { t } from '../../../words/t.ts';
import { JsonTree } from './JsonTree.tsx';
import { RawView } from './RawView.tsx';

/** A longer text is parsed when asked: it takes longer than a frame. */
const AT_ONCE_CHARS = 1_000_000;

/** Whether a payload looks like JSON, from its first character that is no space. */
export function isJson(payload: string | Uint8Array): boolean {
  for (let i = 0; i < Math.min(payload.length, 100); i++) {
    const code = typeof payload === 'string' ? payload.charCodeAt(i) : payload[i]!;
    if (code > 32) return code === 0x7b || code === 0x5b;
  }
  return false;
}

/** JSON as a tree; text that only looks like it, as it is. */
export function JsonView({ text, pattern }: { text: string; pattern: RegExp | null }) {
  const [asked, setAsked] = useState<string | null>(null);
  const wanted = text.length <= AT_ONCE_CHARS || asked === text;
  const json = useMemo(() => (wanted ? readJson(text) : null), [text, wanted]);
  if (!wanted)
    return (
      <div class="payload">
        <button type="button" class="button" onClick={() => setAsked(text)}>
          {t('msg_json_parse', bytes(text.length))}
        </button>
        <RawView text={text} pattern={pattern} />
      </div>
    );
  if (json === null) return <RawView text={text} pattern={pattern} />;
  return (
    <div class="payload">
      {json.from === 'head' && <p class="item__note">{t('msg_json_head')}</p>}
      <JsonTree key={text} value={json.value} pattern={pattern} />
    </div>
  );
}
