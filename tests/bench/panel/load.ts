import type { Frame } from 'puppeteer-core';
import { bundle } from '../../support/bundle.ts';

const LOADER = `
import { createMadeUp } from './tests/bench/panel/made-up.ts';
globalThis.transportLensMadeUp = createMadeUp(transportLensRecorder.log, Date.now() - 300_000);
`;

const SLICE = 10_000;
const SPAN_MS = 300_000;

/** Fills the panel's log with messages of so many sockets, spread over the last five minutes. Returns how many it keeps. */
export async function fillLog(panel: Frame, messages: number, sockets: number): Promise<number> {
  await panel.evaluate(await bundle(LOADER));
  await panel.evaluate(`transportLensMadeUp.sockets(${sockets})`);
  for (let told = 0; told < messages; told += SLICE)
    await panel.evaluate(`transportLensMadeUp.messages(${SLICE}, ${sockets}, ${SPAN_MS / messages})`);
  return (await panel.evaluate(
    'transportLensRecorder.log.history.messages.next - transportLensRecorder.log.history.messages.first',
  )) as number;
}
