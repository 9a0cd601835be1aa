/** Pieces are joined into parts of about this many characters: a Blob of a million strings would take its time. */
const PART_CHARS = 4_000_000;
/** After so long the browser gets to paint. */
const SLICE_MS = 25;
/** The browser has read the file by then; until then its memory is held. */
const FORGET_MS = 60_000;

/** Offers text as a file to save, under this name. Long ones are put together a little at a time. */
export async function downloadText(pieces: Iterable<string>, name: string, mediaType: string): Promise<void> {
  const parts: Blob[] = [];
  let part: string[] = [];
  let chars = 0;
  let paintedAt = performance.now();
  for (const piece of pieces) {
    part.push(piece);
    chars += piece.length;
    if (chars >= PART_CHARS) {
      parts.push(new Blob(part));
      part = [];
      chars = 0;
    }
    if (performance.now() - paintedAt < SLICE_MS) continue;
    await new Promise((painted) => setTimeout(painted));
    paintedAt = performance.now();
  }
  download(new Blob([...parts, ...part], { type: mediaType }), name);
}

export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), FORGET_MS);
}
