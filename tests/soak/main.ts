import { parseArgs } from 'node:util';
import { createTestServer } from '../../test-server/server.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION, setup } from '../support/built-extension.ts';
import { EXTENSION_ID } from '../support/extension-id.ts';
import { heldHeapBytes } from './heap.ts';
import { playSegment } from './segment.ts';

/*
 * npm run soak [-- --minutes 5]
 * Mixed traffic, navigations, and the extension loaded anew, again and again. Exit code 1 when a page noticed (an error, or a
 * heap that grew), or when an event is neither shown nor counted as dropped.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes takes a number above 0, not ${JSON.stringify(values.minutes)}.`);
  process.exit(2);
}
const MAX_GROWTH_BYTES = 2_000_000;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

setup();
const server = await createTestServer();
const browser = await startBrowser(EXTENSION);
const wrong: string[] = [];
try {
  // Lives through every reload of the extension: the hooks in it become leftovers.
  const survivor = (await browser.pages())[0]!;
  survivor.on('pageerror', (error) => wrong.push(`the page that outlived the extension: ${error}`));
  await survivor.goto(`${server.url}/truth.schema.json`);
  const exercise = () =>
    survivor.evaluate(
      async (url) => {
        for (let i = 0; i < 3000; i++) await (await fetch(url)).text();
      },
      `/ajax?run=${server.createRun({ kind: 'idle' })}`,
    );
  await exercise();
  const heapBefore = await heldHeapBytes(survivor);

  console.log('segment   requests (played)   messages (played)   dropped   lost   invented   heap of the page');
  const until = performance.now() + minutes * 60_000;
  for (let n = 1; n === 1 || performance.now() < until; n++) {
    const { played, shown, lost, invented, heapGrowthBytes, errors } = await playSegment(browser, server);
    const cells = [
      `${n}`.padStart(7),
      `${shown.requests} (${played.requests})`.padStart(19),
      `${shown.messages} (${played.messages})`.padStart(19),
      `${shown.dropped}`.padStart(9),
      `${lost}`.padStart(6),
      `${invented}`.padStart(10),
      `${heapGrowthBytes < 0 ? '−' : '+'}${megabytes(Math.abs(heapGrowthBytes))}`.padStart(18),
    ];
    console.log(cells.join(' '));
    wrong.push(...errors.map((error) => `segment ${n}: the page said ${error}`));
    if (lost > 0) wrong.push(`segment ${n}: ${lost} events are neither shown nor counted as dropped`);
    if (invented > 0) wrong.push(`segment ${n}: ${invented} events are shown that never were`);
    if (heapGrowthBytes > MAX_GROWTH_BYTES)
      wrong.push(`segment ${n}: the page's heap grew by ${megabytes(heapGrowthBytes)}`);
    await browser.uninstallExtension(EXTENSION_ID);
    await exercise();
    await browser.installExtension(EXTENSION);
    server.reset();
  }
  const growth = (await heldHeapBytes(survivor)) - heapBefore;
  console.log(`The page that outlived every extension: ${growth < 0 ? '−' : '+'}${megabytes(Math.abs(growth))}.`);
  if (growth > MAX_GROWTH_BYTES) wrong.push(`the page that outlived the extension grew by ${megabytes(growth)}`);
} finally {
  await browser.close();
  await server.close();
}
for (const line of wrong) console.error(line);
console.log(wrong.length === 0 ? 'Nothing was lost, and no page noticed.' : `${wrong.length} things went wrong.`);
process.exit(wrong.length === 0 ? 0 : 1);
