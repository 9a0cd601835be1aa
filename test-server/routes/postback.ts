import { escapeHtml } from '../form.ts';
import { readBody } from '../http/body.ts';
import { type Context, failAtRate, type Route } from '../http/context.ts';
import { languageOf, sendPage, TEXTS } from '../http/render.ts';
import { lessonTexts } from '../lessons.ts';
import type { Run } from '../run.ts';
import { SNIPPETS } from '../snippets.ts';

const SHOWN_EVENTS = 12;

/**
 * The traditional web: a form posts, and the answer is the whole page again, with the news in its markup. Without `run`,
 * the page makes one of its own from the scenario in its query.
 */
export const postback: readonly Route[] = [
  {
    method: 'GET',
    path: '/postback',
    handle: (context) => sendPostback(context, runOf(context)),
  },
  {
    method: 'POST',
    path: '/postback',
    async handle(context) {
      const run = runOf(context);
      const text = new URLSearchParams(await readBody(context.request)).get('text') ?? '';
      if (text !== '') run.publish(text);
      await sendPostback(context, run);
    },
  },
];

const runOf = ({ params, runs }: Context): Run => (params.has('run') ? runs.ofQuery(params) : runs.fromParams(params));

async function sendPostback(context: Context, run: Run): Promise<void> {
  failAtRate(run);
  const texts = TEXTS[languageOf(context)];
  const rows = run.history.latestOf(SHOWN_EVENTS).map(({ json }) => {
    const { seq, data } = JSON.parse(json);
    const said = typeof data === 'string' ? data : JSON.stringify(data);
    return `<li><span>#${seq}</span><span>${escapeHtml(said.slice(0, 60))}</span></li>`;
  });
  await sendPage(context, 'postback', {
    ...lessonTexts('postback', texts),
    title: texts.postbackName,
    snippet: escapeHtml(SNIPPETS.postback),
    rows: rows.reverse().join('') || `<li class="quiet">${texts.logEmpty}</li>`,
    run: run.id,
  });
}
