import { useId, useMemo, useState } from 'preact/hooks';
import {
  isOpenable,
  openHead,
  summaryOf,
  type TreeNode,
  toggle,
  treeOf,
  visibleNodes,
} from '../../../../core/inspect/json-tree.ts';
import { visibleLine } from '../../../../core/inspect/visible-text.ts';
import { copyText } from '../../../copy.ts';
import { count } from '../../../words/numbers.ts';
import { t } from '../../../words/t.ts';
import { Marked } from '../Marked.tsx';

/** Rows that are open at first, and that are drawn at all. */
const FIRST_ROWS = 60;
const MAX_ROWS = 5000;
/** Deeper nesting is not indented further. */
const MAX_INDENT = 24;
const VALUE_CHARS = 10_000;
const NAME_CHARS = 200;

/** A value as a tree whose branches open on demand. Keys as ARIA has them for trees; Ctrl+C copies the value. */
export function JsonTree({ value, pattern }: { value: unknown; pattern: RegExp | null }) {
  const id = useId();
  const root = useMemo(() => {
    const node = treeOf(value);
    openHead(node, FIRST_ROWS);
    return node;
  }, [value]);
  const [, redraw] = useState(0);
  const [current, setCurrent] = useState<TreeNode>(root);
  /** Long texts that were opened are shown on as many lines as they need. */
  const whole = useMemo(() => new WeakSet<TreeNode>(), [value]);
  const nodes = visibleNodes(root).slice(0, MAX_ROWS);

  const open = (node: TreeNode, wanted?: boolean) => {
    toggle(node, wanted);
    if (typeof node.value === 'string' && wanted !== false && !whole.delete(node)) whole.add(node);
    redraw((n) => n + 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = nodes.indexOf(current);
    const parent = nodes.slice(0, at).findLast(({ depth }) => depth < current.depth);
    const to = {
      ArrowDown: nodes[at + 1],
      ArrowUp: nodes[at - 1],
      Home: nodes[0],
      End: nodes.at(-1),
      ArrowLeft: current.isOpen ? current : parent,
      ArrowRight: current.isOpen ? nodes[at + 1] : current,
    }[event.key];
    if (event.key === 'Enter' || event.key === ' ') open(current);
    else if ((event.ctrlKey || event.metaKey) && event.key === 'c') copyText(textOf(current.value));
    else if (to === undefined) return;
    else if (to !== current) {
      setCurrent(to);
      document.getElementById(idOf(nodes.indexOf(to)))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'ArrowLeft') open(current, false);
    else if (event.key === 'ArrowRight') open(current, true);
    event.preventDefault();
    event.stopPropagation();
  };
  const idOf = (index: number) => `${id}-${index}`;

  return (
    <>
      <div
        class="tree"
        role="tree"
        aria-label={t('msg_tab_json')}
        tabIndex={0}
        aria-activedescendant={idOf(nodes.indexOf(current))}
        onKeyDown={onKeyDown}
      >
        {nodes.map((node, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's.
          <div
            key={index}
            id={idOf(index)}
            class={whole.has(node) ? 'tree__row tree__row--whole' : 'tree__row'}
            role="treeitem"
            aria-level={node.depth + 1}
            aria-selected={node === current}
            {...(isOpenable(node) ? { 'aria-expanded': node.isOpen } : {})}
            style={{ paddingInlineStart: `${8 + 12 * Math.min(node.depth, MAX_INDENT)}px` }}
            onClick={() => {
              setCurrent(node);
              open(node);
            }}
          >
            <NodeText node={node} isOpen={node.isOpen} pattern={pattern} />
          </div>
        ))}
      </div>
      {nodes.length === MAX_ROWS && <p class="item__note">{t('msg_json_tooMany', count(MAX_ROWS))}</p>}
    </>
  );
}

/** `isOpen` is the node's own: a node changes in place, and what is drawn of it must be drawn anew. */
function NodeText({ node, isOpen, pattern }: { node: TreeNode; isOpen: boolean; pattern: RegExp | null }) {
  const { key, part, value, size } = node;
  const name = part === null ? key : `[${part.from}…${part.to}]`;
  return (
    <>
      <span class="tree__twisty" aria-hidden="true">
        {isOpenable(node) ? (isOpen ? '▾' : '▸') : ''}
      </span>
      {name !== null && (
        <>
          <span class="tree__key">
            <Marked text={visibleLine(String(name), NAME_CHARS)} pattern={pattern} />
          </span>
          {': '}
        </>
      )}
      {size !== null && (isOpen || part !== null) ? (
        <span class="muted">{Array.isArray(value) ? `[${count(size)}]` : `{${count(size)}}`}</span>
      ) : (
        <span class={`tree__value tree__value--${kindOf(value)}`}>
          <Marked text={visibleLine(valueText(value), VALUE_CHARS)} pattern={pattern} />
        </span>
      )}
    </>
  );
}

const kindOf = (value: unknown): string => (value === null ? 'null' : typeof value);

function valueText(value: unknown): string {
  if (typeof value !== 'string') return summaryOf(value);
  return JSON.stringify(value.length > VALUE_CHARS ? `${value.slice(0, VALUE_CHARS)}…` : value);
}

/** Nesting without end cannot be written out. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value, null, 2) ?? String(value);
  } catch {
    return summaryOf(value);
  }
}
