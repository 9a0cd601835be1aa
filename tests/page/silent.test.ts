import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compareRuns, compare } = useSideBySide();

/** First of all in the page: notes every event of every name that reaches its window, the extension's own included. */
const WITNESS = `<script>
  window.witnessed = [];
  const names = ['message', 'messageerror', 'transport-lens:port', 'error', 'unhandledrejection', 'securitypolicyviolation', 'pageshow', 'focusin'];
  for (const target of [window, document]) for (const name of names)
    target.addEventListener(name, (event) => { if (name !== 'pageshow') window.witnessed.push(name); }, true);
  window.keysAtStart = Reflect.ownKeys(window).map(String).sort();
  window.attributes = [...document.documentElement.attributes].length;
</script>`;

test('a page sees no event, no key, no attribute, no console line and no request of the extension', async () => {
  const { result, events } = await compareRuns(async ({ page, server }) => {
    server.requests.length = 0;
    await page.goto(`${server.url}/html?page&body=${encodeURIComponent(WITNESS)}`);
    const seen = await page.evaluate(async () => {
      const socket = new WebSocket(`ws://${location.host}/ws`);
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      for (let i = 0; i < 300; i++) socket.send(`${i}`);
      await new Promise<void>((resolve) => {
        let left = 300;
        socket.onmessage = () => void (--left === 0 && resolve());
      });
      await (await fetch('/json')).json();
      const { witnessed, keysAtStart, attributes } = window as unknown as Record<string, unknown>;
      const resources = performance.getEntriesByType('resource').map(({ name }) => name);
      const timeline = performance
        .getEntries()
        .map(({ entryType }) => entryType)
        .filter((type) => /mark|measure/.test(type));
      const nodes = document.querySelectorAll('*').length;
      return {
        witnessed,
        keysAtStart,
        attributes,
        resources,
        timeline,
        nodes,
        keys: Reflect.ownKeys(window).map(String).sort(),
      };
    });
    return { ...seen, requests: server.requests.map(({ method, url }) => `${method} ${url}`) };
  });
  expect(result.witnessed).toEqual([]);
  expect((result.keysAtStart as string[]).length).toBeGreaterThan(900);
  expect(result.requests.slice(1)).toEqual(['GET /json']);
  expect(events.filter(({ kind }) => kind === 'message')).toHaveLength(600);
});

test('a handover the page forges after the first is its own event, and nothing else', async () => {
  const { result, events } = await compare(async () => {
    const seen: string[] = [];
    document.addEventListener('transport-lens:port', (event) => seen.push(event.type));
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => seen.push('the relay answered');
    document.dispatchEvent(new MessageEvent('transport-lens:port', { ports: [port2] }));
    await (await fetch('/json')).json();
    return seen;
  });
  expect(result).toEqual(['transport-lens:port']);
  expect(events).toHaveLength(3);
});

test('a strict policy and Trusted Types change nothing', async () => {
  const policy =
    "default-src 'self' 'unsafe-inline'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types none";
  const { result, events } = await compareRuns(async ({ page, server }) => {
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">${WITNESS}`;
    await page.goto(`${server.url}/html?page&body=${encodeURIComponent(meta)}`);
    return page.evaluate(async () => {
      const blocked = await fetch('http://localhost:9/').catch((error) => error.message);
      const allowed = (await (await fetch('/json')).json()).a;
      return { blocked, allowed, witnessed: (window as unknown as { witnessed: string[] }).witnessed };
    });
  });
  expect(result).toMatchObject({ blocked: expect.stringContaining('Failed to fetch'), allowed: 1 });
  expect(events.map(({ kind }) => kind)).toEqual(['request', 'end', 'request', 'response', 'end']);
});
