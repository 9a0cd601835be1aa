import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Runs } from '../runs.ts';
import { type Route, sendJson } from './context.ts';
import { HttpError } from './errors.ts';

/** Finds the route of each request and turns what it throws into an answer. Nothing a client sends gets past it. */
export function createRouter(routes: readonly Route[], runs: Runs) {
  return (request: IncomingMessage, reply: ServerResponse): void => {
    try {
      const { path, params } = parseTarget(request.url ?? '');
      const { route, parts } = findRoute(routes, request.method ?? '', path);
      route.handle({ request, reply, path, params, parts, runs })?.catch((error) => sendError(reply, error));
    } catch (error) {
      sendError(reply, error);
    }
  };
}

function sendError(reply: ServerResponse, error: unknown): void {
  if (reply.headersSent) {
    reply.destroy();
    return;
  }
  if (!(error instanceof HttpError)) console.error(error);
  const known = error instanceof HttpError ? error : new HttpError(500, 'the server made a mistake');
  sendJson(reply, known.status, known.body, { 'Cache-Control': 'no-store', ...known.headers });
}

/** Splits a request target. @throws HttpError 400 for one that is no path. */
export function parseTarget(target: string): { path: string; params: URLSearchParams } {
  try {
    // Only proxies send a whole URL (RFC 9112 §3.2.2); the usual form is split faster by hand.
    const { pathname, search } = target.startsWith('/') ? split(target) : new URL(target);
    return { path: decodeURIComponent(pathname), params: new URLSearchParams(search) };
  } catch {
    throw new HttpError(400, 'the request target is not a URL path', 'target');
  }
}

function split(target: string): { pathname: string; search: string } {
  const queryAt = target.indexOf('?');
  if (queryAt < 0) return { pathname: target, search: '' };
  return { pathname: target.slice(0, queryAt), search: target.slice(queryAt) };
}

function findRoute(routes: readonly Route[], method: string, path: string) {
  const wanted = method === 'HEAD' ? 'GET' : method;
  for (const route of routes) {
    const parts = route.method === wanted ? matchPath(route.path, path) : null;
    if (parts) return { route, parts };
  }
  const allowed = new Set<string>(routes.filter((route) => matchPath(route.path, path)).map((route) => route.method));
  if (allowed.size === 0) throw new HttpError(404, `there is nothing at ${path.slice(0, 100)}`, 'path');
  if (allowed.has('GET')) allowed.add('HEAD');
  const allow = [...allowed].join(', ');
  throw new HttpError(405, `${path} takes ${allow}`, 'method', {}, { Allow: allow });
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  if (!pattern.includes(':')) return pattern === path ? {} : null;
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    if (segment.startsWith(':')) parts[segment.slice(1)] = given[index]!;
    else if (segment !== given[index]) return null;
  }
  return parts;
}
