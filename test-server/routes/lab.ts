import { escapeHtml } from '../form.ts';
import { type Context, type Route, sendJson } from '../http/context.ts';
import { HttpError } from '../http/errors.ts';
import { languageOf, sendPage, TEXTS } from '../http/render.ts';
import { agrees, formatNumber } from '../lab/experiment.ts';
import { LAB } from '../lab/index.ts';
import type { TestServer } from '../server.ts';
import type { Texts } from '../text/en.ts';

function page(context: Context): Promise<void> {
  const texts = TEXTS[languageOf(context)];
  const text = (id: string, suffix: 'Title' | 'Text') => texts[`${id}${suffix}` as keyof Texts];
  const experiments = LAB.map(
    ({ id, source, href }) =>
      `<section class="experiment" data-id="${id}"><div class="experiment-head"><h2>${text(id, 'Title')}</h2>` +
      `<a class="source" href="${href}">${escapeHtml(source)}</a>` +
      `<button type="button" aria-label="${texts.labRun}: ${text(id, 'Title')}">${texts.labRun}</button></div>` +
      `<p>${text(id, 'Text')}</p><div class="table-box" aria-live="polite"></div></section>`,
  );
  return sendPage(context, 'lab', {
    title: texts.labTitle,
    config: escapeHtml(JSON.stringify(texts)),
    experiments: experiments.join(''),
  });
}

/** The lab's page, and `POST /lab/{id}`, which runs an experiment on a server of its own, one at a time. */
export function createLabRoutes(startServer: () => Promise<TestServer>): readonly Route[] {
  let isBusy = false;

  async function runExperiment(context: Context): Promise<void> {
    const entry = LAB.find(({ id, run }) => run && id === context.parts.id);
    if (!entry?.run) throw new HttpError(404, `there is no experiment "${context.parts.id!.slice(0, 40)}"`, 'id');
    if (isBusy) throw new HttpError(409, 'another experiment is running');
    isBusy = true;
    const server = await startServer();
    try {
      const language = languageOf(context);
      const rows = (await entry.run(server)).map((row) => ({
        what: row.what[language],
        published: row.published,
        expected: formatNumber(row.expected),
        measured: formatNumber(row.measured),
        agrees: agrees(row),
      }));
      sendJson(context.reply, 200, JSON.stringify(rows));
    } finally {
      isBusy = false;
      await server.close();
    }
  }

  return [
    { method: 'GET', path: '/lab', handle: page },
    { method: 'POST', path: '/lab/:id', handle: runExperiment },
  ];
}
