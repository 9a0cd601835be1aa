import { matchesIn } from '../matches.ts';

/** Text with what was sought highlighted, as nodes. */
export function markedNodes(text: string, pattern: RegExp): Node[] {
  const nodes: Node[] = [];
  let from = 0;
  for (const { start, end } of matchesIn(text, pattern)) {
    const mark = document.createElement('mark');
    mark.textContent = text.slice(start, end);
    nodes.push(document.createTextNode(text.slice(from, start)), mark);
    from = end;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}
