import { useMemo } from 'preact/hooks';
import { type Change, diffJson } from '../../../../core/inspect/diff-json.ts';
import { type DiffLine, diffLines, piecesOf } from '../../../../core/inspect/diff-lines.ts';
import { summaryOf } from '../../../../core/inspect/json-tree.ts';
import { type ReadJson, readJson } from '../../../../core/inspect/read-json.ts';
import { visibleLine } from '../../../../core/inspect/visible-text.ts';
import { textOfPayload } from '../../../../core/protocols/wire/bytes.ts';
import { t } from '../../../words/t.ts';

/** Characters compared; a longer payload is compared by its head. */
const COMPARED_CHARS = 500_000;
const VALUE_CHARS = 400;
const LINE_CHARS = 2000;
const MAX_LINES = 2000;

interface Props {
  before: string | Uint8Array | null;
  after: string | Uint8Array | null;
}

/** What changed from one payload to another: by path where both are JSON, else by lines or words. */
export function DiffView({ before, after }: Props) {
  const diff = useMemo(() => (before === null || after === null ? null : compare(before, after)), [before, after]);
  if (diff === null) return <p class="item__note">{t('msg_diff_nothing')}</p>;
  if (diff.isSame) return <p class="item__note">{t('msg_diff_same')}</p>;
  return (
    <div class="payload">
      {diff.changes === null ? <Lines lines={diff.lines} /> : <Changes changes={diff.changes} />}
      {diff.isCut && <p class="item__note">{t('msg_diff_cut')}</p>}
    </div>
  );
}

interface Compared {
  isSame: boolean;
  /** null: they are not both JSON. */
  changes: Change[] | null;
  lines: DiffLine[];
  isCut: boolean;
}

function compare(before: string | Uint8Array, after: string | Uint8Array): Compared {
  const isCut = Math.max(before.length, after.length) > COMPARED_CHARS;
  const [was, is] = [before, after].map((payload) => textOfPayload(payload, COMPARED_CHARS)) as [string, string];
  if (was === is) return { isSame: !isCut, changes: null, lines: [], isCut };
  const [a, b]: (ReadJson | null)[] = [readJson(was), readJson(is)];
  if (a != null && b != null) {
    const diff = diffJson(a.value, b.value);
    const isHead = a.from === 'head' || b.from === 'head';
    return {
      isSame: diff.changes.length === 0 && !diff.isCut && !isHead && !isCut,
      changes: diff.changes,
      lines: [],
      isCut: isCut || isHead || diff.isCut,
    };
  }
  const lines = diffLines(piecesOf(was), piecesOf(is));
  return { isSame: false, changes: null, lines: lines.slice(0, MAX_LINES), isCut: isCut || lines.length > MAX_LINES };
}

const SIGNS = { added: '+', removed: '−', changed: '~', same: ' ' } as const;
const NAMES = { added: 'msg_diff_added', removed: 'msg_diff_removed', changed: 'msg_diff_changed' } as const;

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <ul class="diff">
      {changes.map(({ path, kind, before, after }) => (
        <li key={path} class={`diff__change diff__change--${kind}`}>
          <span class="diff__sign" role="img" aria-label={t(NAMES[kind])}>
            {SIGNS[kind]}
          </span>
          <span class="diff__path">{visibleLine(path === '' ? '$' : path, VALUE_CHARS)}</span>
          {kind !== 'added' && <del>{visibleLine(summaryOf(before), VALUE_CHARS)}</del>}
          {kind !== 'removed' && <ins>{visibleLine(summaryOf(after), VALUE_CHARS)}</ins>}
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines }: { lines: readonly DiffLine[] }) {
  return (
    <pre class="diff">
      {lines.map(({ kind, text }, i) => (
        <div key={i} class={`diff__line diff__line--${kind}`}>
          {`${SIGNS[kind]} ${visibleLine(text, LINE_CHARS)}`}
        </div>
      ))}
    </pre>
  );
}
