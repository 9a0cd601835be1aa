import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDeepExtension } from '../../scripts/deep-extension.ts';
import { openPanel } from '../../src/cli/browser/panel.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { startBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/built-extension.ts';
import { startFixtureServer } from '../support/fixture-server.ts';
import { channelAt, sessionOf, untilSession } from '../support/session.ts';
import { textOf } from '../support/viewer.ts';
import { waitFor } from '../support/wait-for.ts';

/** In place of a frame's id. */
const WORKER = -1;

describe('deep capture', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let devtools: Page;
  let panel: Frame;
  let recorder: Frame;
  /** A page of the extension outside DevTools. */
  let outside: Page;
  let tabId: number;

  beforeAll(async () => {
    server = await createTestServer();
    const extension = mkdtempSync(join(tmpdir(), 'transport-lens-deep-'));
    makeDeepExtension(EXTENSION, extension);
    browser = await startBrowser(extension);
    page = (await browser.pages())[0]!;
    await page.goto(`${server.url}/`);
    const opened = await openPanel(page);
    ({ devtools, frame: panel } = opened);
    recorder = devtools.frames().find((frame) => frame.url().endsWith('/devtools.html'))!;
    tabId = await recorder.evaluate(() => chrome.devtools.inspectedWindow.tabId);
    outside = await browser.newPage();
    await outside.goto(new URL('viewer.html', panel.url()).href);
    await page.bringToFront();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Runs `source` in a new worker of the page, named there `name`, until it says that it is ready. */
  const startWorker = (name: string, source: string) =>
    page.evaluate(
      async (name, source) => {
        const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
        Object.assign(window, { [name]: worker });
        await new Promise((ready) => worker.addEventListener('message', ready, { once: true }));
      },
      name,
      source,
    );
  const newRun = () => server.createRun({ kind: 'idle' });
  const webSocketUrl = (run: string, mode = 'events') =>
    `${server.url.replace('http', 'ws')}/ws?run=${run}&mode=${mode}`;
  const tick = async () => {
    await panel.locator('.toolbar__settings').click();
    await panel.locator('input[name="deep"]').click();
    await panel.evaluate(() => document.querySelector('dialog')!.close());
  };
  /** Whether nobody of this extension has the debugger on the tab. */
  const isFree = () =>
    outside.evaluate(async (tabId) => {
      try {
        await chrome.debugger.attach({ tabId }, '1.3');
        await chrome.debugger.detach({ tabId });
        return true;
      } catch {
        return false;
      }
    }, tabId);

  it('is offered where a worker was seen by the network log alone, and switched on in the settings', async () => {
    await startWorker('early', `fetch('${server.url}/ajax?early').then((r) => r.text()).then(postMessage)`);
    await panel.waitForSelector('[data-notice="worker"]');
    expect(await isFree()).toBe(true);
    await panel.locator('[data-notice="worker"] .button').click();
    await panel.locator('input[name="deep"]').click();
    await panel.waitForSelector('[data-deep="on"]');
    await panel.evaluate(() => document.querySelector('dialog')!.close());
    await panel.waitForSelector('[data-notice="deep-on"]');
    expect(await panel.$('[data-notice="worker"]')).toBeNull();
    await waitFor(async () => !(await isFree()));
  });

  it('brings the messages of a worker while its socket is open, and its handshake to the byte', async () => {
    const run = newRun();
    await startWorker(
      'talker',
      `const s = new WebSocket('${webSocketUrl(run, 'echo')}');
      s.onopen = () => { s.send('héllo'); s.send(new Uint8Array(300)); };
      s.onmessage = () => postMessage(0);`,
    );
    for (let i = 0; i < 20; i++) server.publish({ n: i });
    const session = await untilSession(panel, (s) => channelAt(s, run)?.messages.received === 22);
    const channel = channelAt(session, run)!;
    const truth = server.truth(run).techniques.websocket;
    expect(channel).toMatchObject({
      transport: 'websocket',
      frame: { frameId: WORKER },
      connections: 1,
      openConnections: 1,
      messages: { sent: truth.messagesSent, received: truth.messages },
    });
    expect(channel.bytes).toMatchObject({
      requestHeader: { value: truth.requestHeadBytes, provenance: 'measured' },
      responseHeader: { value: truth.responseHeadBytes, provenance: 'measured' },
      payloadSent: { value: truth.framePayloadBytesSent },
      payloadReceived: { value: truth.framePayloadBytesReceived },
      framing: { value: truth.frameHeaderBytesSent + truth.frameHeaderBytesReceived },
    });
    expect(session.messages.content).toContain('héllo');
    const tag = 'tr[data-transport="websocket"] .channels__tag';
    await panel.waitForSelector(tag);
    expect(await textOf(panel, tag)).toBe('worker');
  });

  it('counts a socket once, its end included, when the network log tells of it too', async () => {
    const run = newRun();
    await startWorker('closer', `const s = new WebSocket('${webSocketUrl(run)}'); s.onopen = () => postMessage(0);`);
    await untilSession(panel, (s) => channelAt(s, run)?.openConnections === 1);
    await page.evaluate('closer.terminate()');
    await untilSession(panel, (s) => channelAt(s, run)?.openConnections === 0);
    const session = await sessionOf(panel);
    expect(channelAt(session, run)).toMatchObject({ connections: 1, reported: { exchanges: 1, of: 1 } });
    expect(session.channels.filter(({ sampleUrl }) => sampleUrl.includes(run))).toHaveLength(1);
  });

  it("counts a worker's fetch once, its heads to the byte", async () => {
    const run = newRun();
    const url = `${server.url}/ajax?run=${run}`;
    await startWorker(
      'asker',
      `fetch('${url}', { headers: { 'x-of': 'worker' } }).then((r) => r.text()).then(postMessage)`,
    );
    const session = await untilSession(panel, (s) => channelAt(s, run)?.reported.exchanges === 1);
    const [truth] = server.truth(run).exchanges;
    const channels = session.channels.filter(({ sampleUrl }) => sampleUrl.includes(run));
    expect(channels).toHaveLength(1);
    expect(channels[0]).toMatchObject({ source: 'both', exchanges: 1, frame: { frameId: WORKER } });
    expect(channels[0]!.bytes).toMatchObject({
      requestHeader: { value: truth!.requestHeadBytes, provenance: 'measured' },
      responseHeader: { value: truth!.responseHeadBytes, provenance: 'measured' },
      payloadReceived: { value: truth!.bodyBytes },
    });
  });

  it("brings the events of a worker's streams as they come, by EventSource and by fetch", async () => {
    const run = newRun();
    await startWorker(
      'streamer',
      `const s = new EventSource('${server.url}/sse?run=${run}');
      s.onopen = async () => {
        const reader = (await fetch('${server.url}/stream?run=${run}')).body.getReader();
        postMessage(0);
        while (!(await reader.read()).done);
      };`,
    );
    for (let i = 0; i < 5; i++) server.publish({ n: i });
    const session = await untilSession(panel, (s) =>
      ['/sse', '/stream'].every((path) => channelAt(s, `${path}?run=${run}`)?.messages.received === 5),
    );
    const { techniques } = server.truth(run);
    expect(channelAt(session, `/sse?run=${run}`)).toMatchObject({ transport: 'sse', openConnections: 1, inFlight: 0 });
    expect(channelAt(session, `/stream?run=${run}`)).toMatchObject({ transport: 'http-stream', inFlight: 1 });
    expect([techniques.sse.messages, techniques['http-stream'].messages]).toEqual([5, 5]);
  });

  it('finds a shared worker, which the network log never tells of', async () => {
    const run = newRun();
    const source = `
      onconnect = ({ ports: [port] }) => {
        port.onmessage = () => {
          const s = new WebSocket('${webSocketUrl(run)}');
          s.onopen = () => fetch('${server.url}/ajax?run=${run}').then((r) => r.text()).then((text) => port.postMessage(text));
        };
      };`;
    await page.evaluate((source) => {
      const { port } = new SharedWorker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
      Object.assign(window, { port });
      port.start();
    }, source);
    await untilSession(panel, (s) => s.documents.filter(({ frameId }) => frameId === WORKER).length === 6);
    await page.evaluate('new Promise((answer) => { port.onmessage = answer; port.postMessage(0); })');
    server.publish({ n: 1 });
    const session = await untilSession(
      panel,
      (s) =>
        channelAt(s, `/ws?run=${run}`)?.messages.received === 1 && channelAt(s, `/ajax?run=${run}`)?.inFlight === 0,
    );
    const [ajax, socket] = ['/ajax', '/ws'].map((path) =>
      server.truth(run).exchanges.find(({ target }) => target.startsWith(path)),
    );
    expect(channelAt(session, `/ws?run=${run}`)).toMatchObject({
      frame: { frameId: WORKER },
      bytes: {
        requestHeader: { value: socket!.requestHeadBytes, provenance: 'measured' },
        responseHeader: { value: socket!.responseHeadBytes, provenance: 'measured' },
      },
    });
    // Of its own requests' heads the protocol tells what the worker set, and nothing of what the browser added.
    const fetched = await untilSession(
      panel,
      (s) => channelAt(s, `/ajax?run=${run}`)?.bytes.responseHeader.value !== null,
    );
    expect(channelAt(fetched, `/ajax?run=${run}`)).toMatchObject({
      exchanges: 1,
      bytes: {
        requestHeader: { value: null, provenance: 'unknown' },
        responseHeader: { value: ajax!.responseHeadBytes, provenance: 'measured' },
        payloadReceived: { value: ajax!.bodyBytes },
      },
    });
  });

  it('ends when it is cancelled in the bar of the browser, says so, and leaves the page recorded', async () => {
    await recorder.evaluate((tabId) => {
      const event = chrome.debugger.onDetach as unknown as { dispatch(source: object, reason: string): void };
      event.dispatch({ tabId }, 'canceled_by_user');
    }, tabId);
    await panel.waitForSelector('[data-notice="deep-cancelled"]');
    expect(await textOf(panel, '[data-notice="deep-cancelled"]')).toContain('recorded as before');
    await waitFor(isFree);
    await page.evaluate(async () => (await fetch('/ajax?after-cancel')).text());
    await untilSession(panel, (s) => channelAt(s, 'after-cancel')?.source === 'both');
    await panel.locator('[data-notice="deep-cancelled"] .button').click();
    await panel.waitForSelector('[data-notice="deep-on"]');
    await waitFor(async () => !(await isFree()));
  });

  it('keeps no service worker from starting, and follows the tab to another page', async () => {
    const fixture = await startFixtureServer();
    fixture.serve(
      '/service.js',
      'text/javascript',
      `onmessage = ({ source }) => fetch('/json').then((r) => r.text()).then(() => source.postMessage(0));`,
    );
    await page.goto(`${fixture.url}/html`);
    await page.evaluate(async () => {
      const { active, installing } = await navigator.serviceWorker.register('/service.js');
      const answered = new Promise((answer) => navigator.serviceWorker.addEventListener('message', answer));
      await navigator.serviceWorker.ready;
      (active ?? installing)!.postMessage(0);
      await answered;
    });
    const session = await untilSession(panel, (s) => channelAt(s, '/json')?.reported.exchanges === 1);
    expect(channelAt(session, '/json')).toMatchObject({ exchanges: 1, frame: { url: `${fixture.url}/service.js` } });
    await page.goto(`${server.url}/`);
    await fixture.close();
  });

  it('lets the tab go when recording stops, and is off when it starts again', async () => {
    await panel.locator('.toolbar__record').click();
    await waitFor(isFree);
    await panel.locator('.toolbar__record').click();
    await panel.waitForSelector('[data-notice="deep-on"]', { hidden: true });
    expect(await isFree()).toBe(true);
  });

  it('says when the browser does not let the tab be debugged', async () => {
    await recorder.evaluate(() => {
      const { attach } = chrome.debugger;
      const refuse = () => {
        chrome.debugger.attach = attach;
        return Promise.reject(new Error('refused'));
      };
      Object.assign(chrome.debugger, { attach: refuse });
    });
    await tick();
    await panel.waitForSelector('[data-notice="deep-failed"]');
    await panel.locator('[data-notice="deep-failed"] .icon-button').click();
    await panel.waitForSelector('[data-notice="deep-failed"]', { hidden: true });
  });

  it('lets the tab go when DevTools closes', async () => {
    await tick();
    await waitFor(async () => !(await isFree()));
    await devtools.evaluate('InspectorFrontendHost.closeWindow()').catch(() => {});
    await waitFor(isFree);
  });
});
