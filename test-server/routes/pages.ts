import { LESSONS, marksOf } from '../diagrams.ts';
import { escapeHtml, settingsForm } from '../form.ts';
import type { Context, Route } from '../http/context.ts';
import { HttpError } from '../http/errors.ts';
import { flagParam } from '../http/params.ts';
import { languageOf, sendPage, TEXTS } from '../http/render.ts';
import { legend } from '../legend.ts';
import { lessonActions, lessonHref, lessonTexts } from '../lessons.ts';
import { raceFromParams } from '../race.ts';
import { sendTimes } from '../scenario.ts';
import { SNIPPETS } from '../snippets.ts';
import { DELIVERING } from '../techniques.ts';

/** JSON that is safe inside a quoted attribute. */
const embed = (value: unknown): string => escapeHtml(JSON.stringify(value));

async function index(context: Context): Promise<void> {
  const texts = TEXTS[languageOf(context)];
  const cards = LESSONS.map((lesson) => {
    const { name, lead, diagram } = lessonTexts(lesson, texts);
    const link = `<a href="${lessonHref(lesson)}" aria-label="${texts.tryIt}: ${name}">${texts.tryIt}</a>`;
    return `<article class="card"><h2>${name}</h2><p>${lead}</p>${diagram}${link}</article>`;
  });
  const origin = `http://${escapeHtml(context.request.headers.host ?? '127.0.0.1:8080')}`;
  const marks = new Set(LESSONS.flatMap((lesson) => [...marksOf(lesson)]));
  await sendPage(context, 'index', {
    title: texts.indexTitle,
    legend: legend(marks, texts),
    cards: cards.join(''),
    origin,
  });
}

async function lesson(context: Context): Promise<void> {
  const { params, parts, runs } = context;
  const lesson = LESSONS.find((name) => name === parts.lesson && name !== 'postback');
  if (!lesson) throw new HttpError(404, `there is no page about ${parts.lesson!.slice(0, 40)}`, 'path');
  const texts = TEXTS[languageOf(context)];
  const { clients } = raceFromParams(params);
  // A lesson has no end, and its schedule waits for its client, so that nothing is missed.
  const startWhen = DELIVERING.filter((technique) => technique === lesson);
  const run = runs.fromParams(params, { durationMs: null, startWhen });
  await sendPage(context, 'lesson', {
    ...lessonTexts(lesson, texts),
    title: lessonTexts(lesson, texts).name,
    config: embed({ ...clients, run: run.id, lesson, request: texts.legendAsk, nothing: texts.legendEmpty }),
    actions: lessonActions(lesson, texts),
    snippet: escapeHtml(SNIPPETS[lesson]),
    form: settingsForm(texts, params, lesson),
    run: run.id,
  });
}

async function race(context: Context): Promise<void> {
  const { params, runs } = context;
  const texts = TEXTS[languageOf(context)];
  const { clients, scenario } = raceFromParams(params);
  const autostart = params.has('autostart') ? flagParam(params, 'autostart') : params.has('seconds');
  // The run comes with the page, so that the page needs no request but its four techniques'.
  const run = autostart ? runs.fromParams(params, scenario) : null;
  const sendsMs = run ? [...sendTimes(run.scenario)] : [];
  await sendPage(context, 'race', {
    title: texts.raceTitle,
    config: embed({ ...clients, run: run?.id ?? null, sendsMs, texts: raceTexts(texts) }),
    form: settingsForm(texts, params, 'race'),
  });
}

function raceTexts(texts: (typeof TEXTS)['en']) {
  const { raceConnecting, raceRunning, raceDone, raceRequests, raceWasted, raceEvents, raceDelay } = texts;
  const names = {
    polling: texts.pollingName,
    'long-polling': texts.longPollingName,
    sse: texts.sseName,
    websocket: texts.websocketName,
  };
  return { raceConnecting, raceRunning, raceDone, raceRequests, raceWasted, raceEvents, raceDelay, names };
}

/** The pages people look at. */
export const pages: readonly Route[] = [
  { method: 'GET', path: '/', handle: index },
  { method: 'GET', path: '/race', handle: race },
  { method: 'GET', path: '/techniques/:lesson', handle: lesson },
];
