import { bundle } from '../http/bundle.ts';
import type { Context, Route } from '../http/context.ts';
import { HttpError } from '../http/errors.ts';
import { flagParam } from '../http/params.ts';
import { languageOf, renderPage, styleSheet } from '../http/render.ts';
import { raceFromParams } from '../race.ts';

/** HttpOnly: header bytes that scripts on the page cannot see, as on most real sites. */
const SESSION_COOKIE = 'lens_session=3f9a1c77d2; Path=/; HttpOnly';

async function sendPage(context: Context, name: string, values: Record<string, string>): Promise<void> {
  const html = await renderPage(name, languageOf(context), values);
  context.reply.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(html),
    'Cache-Control': 'no-store',
    'Set-Cookie': SESSION_COOKIE,
  });
  context.reply.end(html);
}

/** JSON that is safe inside a quoted attribute. */
const embed = (value: unknown): string => JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;');

async function race(context: Context): Promise<void> {
  const { params, runs } = context;
  const settings = raceFromParams(params);
  const autostart = params.has('autostart') ? flagParam(params, 'autostart') : params.has('seconds');
  // The run comes with the page, so that the page needs no request but its four techniques'.
  const run = autostart ? runs.fromParams(params, settings.scenario).id : null;
  await sendPage(context, 'race', { config: embed({ ...settings.clients, run }) });
}

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

async function asset({ reply, parts }: Context): Promise<void> {
  const [, name, kind] = /^([a-z-]+)\.(js|css)$/.exec(parts.name!) ?? [];
  const content = kind === 'js' ? await bundle(name!) : kind === 'css' ? await styleSheet(name!) : null;
  if (content === null) throw new HttpError(404, `there is no asset ${parts.name!.slice(0, 40)}`, 'path');
  reply.writeHead(200, {
    'Content-Type': `${TYPES[kind!]}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(content),
    'Cache-Control': 'no-store',
  });
  reply.end(content);
}

/** The pages people look at, and what they load. */
export const pages: readonly Route[] = [
  { method: 'GET', path: '/race', handle: race },
  { method: 'GET', path: '/assets/:name', handle: asset },
  {
    method: 'GET',
    path: '/favicon.ico',
    handle: ({ reply }) => {
      reply.writeHead(204, { 'Cache-Control': 'max-age=86400' }).end();
    },
  },
];
