import type { Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/core/session/format.ts';
import { catchDownloads, type Downloads } from '../support/downloads.ts';
import { type InspectedPage, inspect } from '../support/panel.ts';
import { sampleSession } from '../support/sample.ts';
import { channelAt, sessionOf, untilSession } from '../support/session.ts';
import { fileWith, leave, openFile, textOf, textsOf } from '../support/viewer.ts';

let at: InspectedPage;
let downloads: Downloads;
const SECRET = 'Zx81secret9token7';

beforeAll(async () => {
  at = await inspect();
  downloads = await catchDownloads(at.browser);
}, 90_000);
afterAll(() => at?.close());

/** Requests one after another, with a token in the address and in a header. */
async function ask(path: string, times = 1): Promise<void> {
  await at.page.evaluate(
    async (url, token, n) => {
      for (let i = 0; i < n; i++) await (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).text();
    },
    path,
    SECRET,
    times,
  );
}
const poll = () => `/poll?run=${at.server.createRun({})}&since=0&access_token=${SECRET}`;
const pathShown = (path: string) =>
  at.panel.waitForFunction((part) => document.querySelector('.channels')?.textContent?.includes(part), {}, path);
const closeDialog = () => at.panel.waitForSelector('dialog', { hidden: true });

async function save(format: string, raw = false): Promise<{ name: string; content: Buffer }> {
  await at.panel.locator('.toolbar__save').click();
  await at.panel.waitForSelector('dialog[open]');
  await at.panel.locator(`input[name="format"][value="${format}"]`).click();
  if (raw) await at.panel.locator('.save__raw input').click();
  const file = await downloads.of(() => at.panel.locator('dialog .button--primary').click());
  await closeDialog();
  return file;
}

describe('pause', () => {
  it('holds the screen still while recording goes on, and shows it all afterwards', async () => {
    await ask(`${poll()}&before=pause`);
    await pathShown('/poll');
    await at.panel.locator('.toolbar__pause').click();
    await at.panel.waitForSelector('[data-notice="paused"]');
    await ask('/ajax?during=pause');
    await untilSession(at.panel, (s) => channelAt(s, 'during=pause')?.reported.exchanges === 1);
    expect(await textOf(at.panel, '.channels')).not.toContain('/ajax');
    await at.panel.locator('[data-notice="paused"] .button').click();
    await pathShown('/ajax');
  });
});

describe('saving', () => {
  const parsed = ({ content }: { content: Buffer }) => JSON.parse(content.toString()) as Session;

  it('shows what is left out before it is saved', async () => {
    const path = poll();
    await ask(path, 2);
    await pathShown(/run=[^&]+/.exec(path)![0]);
    await at.panel.locator('.toolbar__save').click();
    await at.panel.waitForSelector('.save__removals');
    const removals = await textsOf(at.panel, '.save__removals li span:first-child');
    expect(removals).toEqual(expect.arrayContaining(['Header authorization', 'URL parameter access_token']));
    await at.panel.locator('dialog footer .button').click();
    await closeDialog();
  });

  it('writes a session without secrets, whose figures are those on screen', async () => {
    const file = await save('session');
    expect(file.name).toMatch(/^transport-lens-[\dT-]+\.transport-lens\.json$/);
    expect(file.content.toString()).not.toContain(SECRET);
    const session = parsed(file);
    expect(session.sanitized).toBe(true);
    expect(session.channels.length).toBe((await sessionOf(at.panel)).channels.length);
  });

  it('writes the secrets, too, when somebody asks for them and is warned', async () => {
    await at.panel.locator('.toolbar__save').click();
    await at.panel.waitForSelector('dialog[open]');
    await at.panel.locator('.save__raw input').click();
    await at.panel.waitForSelector('.save__warning');
    const file = await downloads.of(() => at.panel.locator('dialog .button--primary').click());
    await closeDialog();
    expect(file.content.toString()).toContain(SECRET);
    expect(parsed(file).sanitized).toBe(false);
  });

  it('writes HAR and CSV', async () => {
    const har = JSON.parse((await save('har')).content.toString());
    expect(har.log.version).toBe('1.2');
    expect(har.log.entries.length).toBeGreaterThanOrEqual(3);
    const csv = await save('csv-exchanges');
    expect(csv.name).toMatch(/\.exchanges\.csv$/);
    expect(csv.content.toString().split('\r\n').length).toBeGreaterThanOrEqual(4);
    expect(csv.content.toString()).not.toContain(SECRET);
  });

  it('writes one channel alone from its menu', async () => {
    const session = await sessionOf(at.panel);
    const { id } = channelAt(session, 'during=pause')!;
    await at.panel.locator(`tr[data-channel="${id}"]`).click({ button: 'right' });
    await at.panel.waitForSelector('.menu');
    await at.panel.evaluate(() => {
      const items = [...document.querySelectorAll<HTMLElement>('.menu__item')];
      items.find(({ textContent }) => textContent === 'Save as HAR…')!.click();
    });
    await at.panel.waitForSelector('dialog[open] input[value="har"]:checked');
    const { content } = await downloads.of(() => at.panel.locator('dialog .button--primary').click());
    await closeDialog();
    const urls = JSON.parse(content.toString()).log.entries.map(
      ({ request }: { request: { url: string } }) => request.url,
    );
    expect(urls).toEqual([expect.stringContaining('/ajax')]);
  });
});

describe('opening in the panel', () => {
  afterEach(async () => {
    await at.panel.evaluate(() =>
      document.querySelector<HTMLElement>('[data-notice="import-failed"] .icon-button')?.click(),
    );
  });

  it('puts a file in place of the recording, which goes on, and gives it back', async () => {
    await openFile(at.panel, fileWith(sampleSession(), 'monday.json'));
    expect(await textOf(at.panel, '[data-notice="opened"]')).toContain('“monday.json”');
    await pathShown('/api/poll');
    expect(await at.panel.$('.toolbar__record')).toBeNull();
    await ask('/ajax?while=reading');
    await untilSession(at.panel, (s) => channelAt(s, 'while=reading') !== undefined);
    expect(await textOf(at.panel, '.channels')).not.toContain('/ajax');
    await at.panel.locator('[data-notice="opened"] .button').click();
    await pathShown('/ajax');
    await at.panel.waitForSelector('.toolbar__record');
  });

  it('says why a damaged file cannot be opened, and leaves the recording where it was', async () => {
    await openFile(at.panel, fileWith(sampleSession().slice(0, 2000), 'torn.json'));
    expect(await textOf(at.panel, '[data-notice="import-failed"]')).toMatch(
      /^“torn.json” cannot be opened\. This is no JSON: /,
    );
    expect(await textOf(at.panel, '.channels')).toContain('/poll');
  });

  it('names the place of what is wrong', async () => {
    const session = JSON.parse(sampleSession());
    session.channels[0].requests = 'many';
    await openFile(at.panel, fileWith(JSON.stringify(session), 'odd.json'));
    expect(await textOf(at.panel, '[data-notice="import-failed"]')).toContain('channels[0].requests');
  });

  it('takes a file that is dropped on it', async () => {
    await at.panel.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
      const event = (type: string) => new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event('dragover'));
    }, sampleSession());
    await at.panel.waitForSelector('.drop-zone');
    await at.panel.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, sampleSession());
    await at.panel.waitForSelector('[data-notice="opened"]');
    await at.panel.waitForSelector('.drop-zone', { hidden: true });
    await at.panel.locator('[data-notice="opened"] .button').click();
  });
});

describe('the viewer', () => {
  let viewer: Page;
  /** What the panel shows, and saves, before another tab hides it: pages that nobody sees draw nothing. */
  let shown: { urls: string[]; requests: string[] };
  let session: string;
  let har: string;
  const requestsIn = (frame: Page | Frame) => textsOf(frame, 'tr[data-channel] [data-column="requests"]');

  beforeAll(async () => {
    shown = {
      urls: await textsOf(at.panel, 'tr[data-channel] [data-column="url"]'),
      requests: await requestsIn(at.panel),
    };
    session = (await save('session')).content.toString();
    har = (await save('har')).content.toString();
    const target = at.browser.waitForTarget((each) => each.url().endsWith('/viewer.html'));
    await at.panel.locator('.toolbar__viewer').click();
    viewer = (await (await target).page())!;
    await viewer.waitForSelector('[data-ready]');
  });
  afterAll(() => leave(viewer));

  it('opens from the panel, asks for a file, and needs no page to inspect', async () => {
    expect(await textOf(viewer, '.nothing h2')).toBe('Open a recording');
    expect(await viewer.$('.toolbar__record')).toBeNull();
  });

  it('shows a session that the panel saved as the panel shows it', async () => {
    await openFile(viewer, fileWith(session));
    expect(await requestsIn(viewer)).toEqual(shown.requests);
    expect((await textsOf(viewer, 'tr[data-channel] [data-column="url"]')).length).toBe(shown.urls.length);
  });

  it('shows a HAR that the panel saved, with the same requests', async () => {
    await openFile(viewer, fileWith(har, 'saved.har'));
    await viewer.waitForFunction(() =>
      document.querySelector('[data-notice="opened"]')?.textContent?.includes('saved.har'),
    );
    const sum = (texts: string[]) => texts.map(Number).reduce((a, b) => a + b, 0);
    expect(sum(await requestsIn(viewer))).toBe(sum(shown.requests));
  });
});
