import { matchesIn } from './matches.ts';

/** Text with what was sought highlighted in it. */
export function Marked({ text, pattern }: { text: string; pattern: RegExp | null }) {
  if (pattern === null || text === '') return <>{text}</>;
  const parts = [];
  let from = 0;
  for (const { start, end } of matchesIn(text, pattern)) {
    parts.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>);
    from = end;
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  );
}
