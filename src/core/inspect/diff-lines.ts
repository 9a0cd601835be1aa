export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Cells of the table of common lines that are filled in; larger texts are told as replaced as a whole. */
const MAX_CELLS = 1_000_000;

/** What must be taken away and added to make one list of lines (or words) the other: a longest common subsequence. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const was = before.slice(head, before.length - tail);
  const is = after.slice(head, after.length - tail);
  return [
    ...before.slice(0, head).map(same),
    ...(was.length * is.length > MAX_CELLS ? [...was.map(removed), ...is.map(added)] : walk(was, is)),
    ...before.slice(before.length - tail).map(same),
  ];
}

const same = (text: string): DiffLine => ({ kind: 'same', text });
const added = (text: string): DiffLine => ({ kind: 'added', text });
const removed = (text: string): DiffLine => ({ kind: 'removed', text });

function walk(was: readonly string[], is: readonly string[]): DiffLine[] {
  const width = is.length + 1;
  /** Length of the longest common subsequence of what follows in both. */
  const common = new Uint32Array((was.length + 1) * width);
  for (let i = was.length - 1; i >= 0; i--)
    for (let j = is.length - 1; j >= 0; j--)
      common[i * width + j] =
        was[i] === is[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  const lines: DiffLine[] = [];
  for (let i = 0, j = 0; i < was.length || j < is.length; ) {
    if (i < was.length && j < is.length && was[i] === is[j]) {
      lines.push(same(was[i]!));
      i++;
      j++;
    } else if (j === is.length || (i < was.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      lines.push(removed(was[i++]!));
    else lines.push(added(is[j++]!));
  }
  return lines;
}

/** Pieces of a text that are compared: its lines, or of a single line its words. */
export const piecesOf = (text: string): string[] => {
  const lines = text.split('\n');
  return lines.length > 1 ? lines : text.split(/(?<=[\s,;:&|=<>{}[\]()])/);
};
