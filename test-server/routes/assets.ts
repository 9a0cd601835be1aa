import { bundle } from '../http/bundle.ts';
import type { Context, Route } from '../http/context.ts';
import { HttpError } from '../http/errors.ts';
import { styleSheet } from '../http/render.ts';

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css' };

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

/** What the pages load. */
export const assets: readonly Route[] = [
  { method: 'GET', path: '/assets/:name', handle: asset },
  {
    method: 'GET',
    path: '/favicon.ico',
    handle: ({ reply }) => {
      reply.writeHead(204, { 'Cache-Control': 'max-age=86400' }).end();
    },
  },
];
