import type { Frame } from 'puppeteer-core';

/** Characters fetched at a time: the pipe to the browser carries messages of bounded length. */
const SLICE_CHARS = 8_000_000;

/** The raw session of an open panel, as JSON text; what is written of it is sanitized by whoever writes. */
export async function pullSession(frame: Frame): Promise<string> {
  const length = (await frame.evaluate(
    '(async () => (window.transportLensText = JSON.stringify(await transportLensSession({ raw: true }))).length)()',
  )) as number;
  let text = '';
  for (let from = 0; from < length; from += SLICE_CHARS)
    text += await frame.evaluate(`transportLensText.slice(${from}, ${from + SLICE_CHARS})`);
  await frame.evaluate('delete window.transportLensText');
  return text;
}
