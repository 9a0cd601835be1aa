import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelOf, type RaceResult, race, TECHNIQUES } from '../../scripts/demo/race.ts';
import { truthLatencyMs } from '../../scripts/demo/table.ts';
import { sizePanel } from '../../src/cli/browser/screenshot.ts';
import { median } from '../../src/core/metrics/statistics.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import type { ExchangeTruth } from '../../test-server/truth.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';

const SECONDS = 20;

describe('the same events over four transports for 20 s', () => {
  let server: TestServer;
  let browser: Browser;
  let result: RaceResult;

  beforeAll(async () => {
    server = await createTestServer();
    browser = await startBrowser(EXTENSION);
    // Two events a second and a short hold, so that long polls run into their timeout too.
    result = await race(browser, server, SECONDS, '&seed=11&timeout=1000');
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const channel = (technique: (typeof TECHNIQUES)[number]) => channelOf(result.session, technique)!;
  const truth = (technique: (typeof TECHNIQUES)[number]) => result.truth.techniques[technique];

  it('shows four channels, each named right and for lasting reasons', () => {
    const verdicts = result.session.channels.map(({ transport, verdict }) => [transport, verdict.provisional]);
    expect(verdicts.toSorted()).toEqual(TECHNIQUES.map((technique) => [technique, false]).toSorted());
    const kinds = (technique: (typeof TECHNIQUES)[number]) =>
      channel(technique).verdict.evidence.map(({ kind }) => kind);
    expect(kinds('polling')).toEqual(['timer']);
    expect(kinds('long-polling')).toEqual(['back-to-back', 'held']);
    expect(kinds('sse')).toEqual(['event-source']);
    expect(kinds('websocket')).toEqual(['websocket']);
  });

  it('counts requests, wasted polls and messages as the server does', () => {
    for (const technique of ['polling', 'long-polling'] as const) {
      const { exchanges, useful, wastedTotal, aborted } = channel(technique);
      const { requests, useful: news, wasted, aborted: cut } = truth(technique);
      expect({ exchanges, useful, wastedTotal, aborted }).toEqual({
        exchanges: requests,
        useful: news,
        wastedTotal: wasted,
        aborted: cut,
      });
      expect(wastedTotal).toBeGreaterThan(0);
    }
    for (const technique of ['sse', 'websocket'] as const) {
      const { connections, messages } = channel(technique);
      expect(connections).toBe(truth(technique).requests);
      expect(messages.received).toBe(truth(technique).messages);
      expect(messages.received).toBeGreaterThan(0);
    }
  });

  it('knows the header bytes of every reported exchange to the byte, and says how many those are', () => {
    for (const technique of TECHNIQUES) {
      const { bytes, reported } = channel(technique);
      const all = result.truth.exchanges.filter((exchange) => exchange.technique === technique);
      // An exchange that the page broke off is the one thing whose head the network log does not tell.
      const told = all.filter(({ outcome }) => outcome !== 'aborted');
      expect(reported).toEqual({ exchanges: told.length, of: all.length });
      const isComplete = told.length === all.length;
      const { value, provenance, plusMinus } = bytes.requestHeader;
      expect(provenance, technique).toBe(isComplete ? 'measured' : 'estimated');
      if (isComplete) expect(plusMinus, technique).toBe(0);
      expect(Math.abs(value! - sum(all, 'requestHeadBytes')), technique).toBeLessThanOrEqual(plusMinus!);
      expect(bytes.responseHeader).toMatchObject({ value: sum(all, 'responseHeadBytes'), provenance: 'measured' });
    }
  });

  it('counts payload and framing as they crossed the sockets', () => {
    for (const technique of ['polling', 'long-polling'] as const) {
      expect(channel(technique).bytes.payloadReceived.value).toBe(truth(technique).bodyBytes);
    }
    const { payloadReceived, framing } = channel('sse').bytes;
    // Chunk heads are known when the network log tells the whole stream; of one that the page closed first it tells the head alone.
    const { bodyBytes, chunkFramingBytes } = truth('sse');
    expect([bodyBytes, bodyBytes + chunkFramingBytes]).toContain(payloadReceived.value! + framing.value!);
    expect(channel('websocket').bytes.payloadReceived.value).toBe(truth('websocket').framePayloadBytesReceived);
  });

  it('measures delivery within 5 ms of what the page itself measures, at the median', () => {
    for (const technique of TECHNIQUES) {
      const { p50, samples } = channel(technique).latency;
      const delays = result.deliveries
        .filter((delivery) => delivery.technique === technique)
        .map(({ delayMs }) => delayMs);
      expect(samples, technique).toBe(result.truth.events.length);
      expect(delays, technique).toHaveLength(samples);
      expect(Math.abs(p50.value! - median(delays)!), technique).toBeLessThanOrEqual(5);
    }
  });

  it('puts delivery after the server wrote the event, and before a held client asked for the next', () => {
    for (const technique of TECHNIQUES) {
      // Both clocks are of this machine and round to a millisecond.
      expect(channel(technique).latency.p50.value!, technique).toBeGreaterThan(truthLatencyMs(result, technique)! - 1);
    }
    const asked = result.truth.exchanges
      .filter(({ technique }) => technique === 'long-polling')
      .map(({ startedAt }) => startedAt);
    const bounds = result.truth.events.flatMap(({ emittedAt, written }) => {
      const next = asked.find((at) => at > written['long-polling']!);
      return next === undefined ? [] : [next - emittedAt];
    });
    expect(bounds.length).toBeGreaterThan(0);
    expect(channel('long-polling').latency.p50.value!).toBeLessThanOrEqual(median(bounds)! + 1);
  });

  it('shows on screen what it knows', async () => {
    const { frame } = result.panel;
    // Wide enough for every column.
    await sizePanel(result.panel, 1400, 800);
    const row = (technique: string) => `tr[data-transport="${technique}"]`;
    const cell = (technique: string, column: string) =>
      frame.$eval(`${row(technique)} [data-column="${column}"]`, (td) => td.textContent);
    expect(await cell('polling', 'requests')).toBe(String(truth('polling').requests));
    expect(await cell('polling', 'wasted')).toMatch(new RegExp(`^${truth('polling').wasted} \\(\\d+%\\)$`));
    expect(await cell('sse', 'messages')).toBe(String(truth('sse').messages));
    expect(await cell('websocket', 'wasted')).toBe('–');
    await frame.locator(row('long-polling')).click();
    await frame.waitForSelector('[data-section="verdict"] li');
    expect(await frame.$eval('[data-section="verdict"]', (section) => section.textContent)).toMatch(/held .*requests/);
  });

  it('draws wasted requests, header bytes and latency', async () => {
    const { frame } = result.panel;
    await frame.locator('#tab-charts').click();
    await frame.waitForFunction(() => document.querySelectorAll('canvas').length >= 3);
    await frame.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const painted = await frame.$$eval('canvas', (canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
        const colors = new Set<number>();
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] === 255) colors.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
        return colors.size;
      }),
    );
    // Two or more colours of data besides the text and the grid.
    expect(painted.filter((colors) => colors >= 4).length).toBeGreaterThanOrEqual(3);
  });
});

function sum(exchanges: readonly ExchangeTruth[], key: 'requestHeadBytes' | 'responseHeadBytes'): number {
  return exchanges.reduce((total, exchange) => total + exchange[key], 0);
}
