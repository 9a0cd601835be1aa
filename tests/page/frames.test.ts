import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare, compareRuns } = useSideBySide();

/** Fetches at once, in the first inline script, and says so when it has the answer. */
const ASK = (name: string, origin: string) =>
  `<script>fetch('${origin}/json?cors&${name}').then((r) => r.json()).then(({ a }) => parent.postMessage('${name} ' + a, '*'))</script>`;

test.each(['srcdoc', 'sandbox', 'blob', 'data', 'write', 'late', 'cross-origin'] as const)(
  'a frame made by %s is hooked from its first inline script on, once',
  async (how) => {
    const { result, documents } = await compare(
      async (how, html) => {
        const answer = new Promise((resolve) => addEventListener('message', (event) => resolve(event.data)));
        const frame = document.createElement('iframe');
        const text = html.replaceAll('ORIGIN', location.origin);
        if (how === 'srcdoc' || how === 'sandbox') frame.srcdoc = text;
        if (how === 'sandbox') frame.setAttribute('sandbox', 'allow-scripts');
        if (how === 'blob') frame.src = URL.createObjectURL(new Blob([text], { type: 'text/html' }));
        if (how === 'data') frame.src = `data:text/html,${encodeURIComponent(text)}`;
        if (how === 'late') frame.src = `/html?body=${encodeURIComponent(text)}`;
        if (how === 'cross-origin') {
          const other = location.origin.replace('127.0.0.1', 'localhost');
          frame.src = `${other}/html?body=${encodeURIComponent(text)}`;
        }
        document.body.append(frame);
        if (how === 'write') {
          frame.contentDocument!.open();
          frame.contentDocument!.write(text);
          frame.contentDocument!.close();
        }
        return answer;
      },
      how,
      ASK(how, 'ORIGIN'),
    );
    expect(result).toBe(`${how} 1`);
    const told = documents.filter(({ frameId }) => frameId !== 0).flatMap(({ events }) => events);
    expect(told.map(({ kind }) => kind)).toEqual(['request', 'response', 'end']);
  },
);

test.each(['src first', 'src later', 'no src', 'window.open'] as const)(
  'a window reused by its next document (%s) is hooked once',
  async (how) => {
    const { result, documents } = await compare(async (how) => {
      const ask = (target: Window & typeof globalThis, what: string) =>
        target
          .fetch(`${location.origin}/json?${what}`)
          .then((response) => response.text())
          .then(({ length }) => length);
      const frame = document.createElement('iframe');
      if (how === 'src first') frame.src = '/html';
      let target: Window & typeof globalThis;
      if (how === 'window.open') target = open('/html') as never;
      else {
        document.body.append(frame);
        target = frame.contentWindow as never;
      }
      const loaded = new Promise((resolve) => target.addEventListener('load', resolve));
      const onFrame = new Promise((resolve) => frame.addEventListener('load', resolve));
      const asked = await ask(target, 'first').catch(() => 'left');
      // Whether an answer overtakes the document that replaces this one is the browser's own race.
      const first = how === 'src first' || how === 'window.open' ? null : asked;
      if (how === 'src later') frame.src = '/html';
      await (how === 'no src' ? null : how === 'window.open' ? loaded : Promise.any([onFrame, loaded]));
      /** A call that goes through two hooks leaves more frames of the extension in an error's stack than through one. */
      const hookFrames = (of: Window & typeof globalThis) =>
        of.fetch('http://').catch((error) => error.stack.split('chrome-extension://').length);
      const answer = [first, await ask(target, 'second'), (await hookFrames(target)) - (await hookFrames(window))];
      if (how === 'window.open') target.close();
      return answer;
    }, how);
    expect(result.slice(1)).toEqual([16, 0]);
    const urls = documents.flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === 'request' ? [event.url] : [])),
    );
    expect(urls.filter((url) => url?.endsWith('second'))).toHaveLength(how === 'window.open' ? 0 : 1);
    expect(urls.filter((url) => url?.endsWith('first')).length).toBeLessThanOrEqual(1);
  },
);

test('a page that comes back from the back/forward cache is heard again', async () => {
  const { result, documents } = await compareRuns(async ({ page, server }) => {
    await page.evaluate(() => fetch('/json?before').then((response) => response.text()));
    await page.goto(`${server.url}/html?between`);
    await page.goBack();
    return page.evaluate(() => fetch('/json?after').then((response) => response.text()));
  });
  expect(result).toContain('안녕');
  const urls = documents.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'request' ? [event.url] : [])),
  );
  expect(urls.slice(0, 2)).toEqual(['/json?before', '/json?after']);
});
