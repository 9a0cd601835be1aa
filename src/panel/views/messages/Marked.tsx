/** Highlights are drawn for so many matches of a text. */
const MAX_MARKS = 200;

/** Text with what was sought highlighted in it. */
export function Marked({ text, pattern }: { text: string; pattern: RegExp | null }) {
  if (pattern === null || text === '') return <>{text}</>;
  const parts = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (found === '' || parts.length >= 2 * MAX_MARKS) continue;
    parts.push(text.slice(from, index), <mark key={index}>{found}</mark>);
    from = index + found.length;
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  );
}
