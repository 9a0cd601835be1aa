/** A value of a JSON text as a tree shows it. Children are made when they are asked for: a text may hold a million values. */
export interface TreeNode {
  /** Member name or index; null: the root, or a part of a long list. */
  key: string | number | null;
  /** A part of a long list or object: its first and last index. */
  part: { from: number; to: number } | null;
  value: unknown;
  depth: number;
  /** Number of members; null for what has none. */
  size: number | null;
  isOpen: boolean;
  children: TreeNode[] | null;
}

/** Longer lists are shown in parts of so many, and parts in parts. */
export const PART = 100;

export const treeOf = (value: unknown): TreeNode => nodeOf(null, value, 0);

function nodeOf(key: TreeNode['key'], value: unknown, depth: number): TreeNode {
  return { key, part: null, value, depth, size: sizeOf(value), isOpen: false, children: null };
}

function sizeOf(value: unknown): number | null {
  if (Array.isArray(value)) return value.length;
  // Bytes of a decoded packet: one value, not a member each.
  if (ArrayBuffer.isView(value)) return null;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : null;
}

export const isOpenable = ({ size }: TreeNode): boolean => size !== null && size > 0;

/** Opens or closes a node. */
export function toggle(node: TreeNode, open = !node.isOpen): void {
  node.isOpen = open && isOpenable(node);
  if (node.isOpen) node.children ??= childrenOf(node);
}

/** Opens the root, and further levels as long as no more than `maxRows` rows are seen. */
export function openHead(root: TreeNode, maxRows: number): void {
  let level = [root];
  let rows = 1;
  while (level.length > 0) {
    const next: TreeNode[] = [];
    for (const node of level) {
      const grows = Math.min(node.size ?? 0, PART);
      if (!isOpenable(node) || (rows + grows > maxRows && node !== root)) continue;
      toggle(node, true);
      rows += grows;
      next.push(...node.children!);
    }
    level = next;
  }
}

/** What is seen: the node and, below open ones, their members. Walks without recursion: nesting has no end. */
export function visibleNodes(root: TreeNode): TreeNode[] {
  const seen: TreeNode[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    seen.push(node);
    if (!node.isOpen) continue;
    for (let i = node.children!.length - 1; i >= 0; i--) waiting.push(node.children![i]!);
  }
  return seen;
}

function childrenOf({ value, part, depth }: TreeNode): TreeNode[] {
  const names = Array.isArray(value) ? null : Object.keys(value as object);
  const { from, to } = part ?? { from: 0, to: (names?.length ?? (value as unknown[]).length) - 1 };
  const count = to - from + 1;
  if (count > PART) return partsOf(value, from, to, depth + 1);
  return Array.from({ length: count }, (_, i) => {
    const key = names === null ? from + i : names[from + i]!;
    return nodeOf(key, (value as Record<string | number, unknown>)[key], depth + 1);
  });
}

function partsOf(value: unknown, from: number, to: number, depth: number): TreeNode[] {
  let length = PART;
  while ((to - from + 1) / length > PART) length *= PART;
  const parts: TreeNode[] = [];
  for (let start = from; start <= to; start += length) {
    const part = { from: start, to: Math.min(start + length - 1, to) };
    parts.push({ key: null, part, value, depth, size: part.to - part.from + 1, isOpen: false, children: null });
  }
  return parts;
}

const SUMMARY_MEMBERS = 5;
const SUMMARY_CHARS = 40;

/** A closed value in a few words: `{id: 7, name: "x", …}`. Looks at its first members only. */
export function summaryOf(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.slice(0, SUMMARY_MEMBERS).map(brief);
    return `[${items.join(', ')}${value.length > SUMMARY_MEMBERS ? ', …' : ''}]`;
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return brief(value);
  const names = Object.keys(value);
  const members = names
    .slice(0, SUMMARY_MEMBERS)
    .map((name) => `${name.slice(0, SUMMARY_CHARS)}: ${brief((value as Record<string, unknown>)[name])}`);
  return `{${members.join(', ')}${names.length > SUMMARY_MEMBERS ? ', …' : ''}}`;
}

function brief(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.length}]`;
  if (ArrayBuffer.isView(value)) return `<${value.byteLength} B>`;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0 ? '{}' : '{…}';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > SUMMARY_CHARS ? `${value.slice(0, SUMMARY_CHARS)}…` : value);
}
