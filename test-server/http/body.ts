import type { IncomingMessage } from 'node:http';
import { HttpError } from './errors.ts';

/** RFC-sized for a chat line or a form, far from what could hurt the server. */
export const MAX_BODY_BYTES = 64 * 1024;

/** Reads a request's body. @throws HttpError 413 beyond `MAX_BODY_BYTES`, 400 when the client leaves before its end. */
export async function readBody(request: IncomingMessage): Promise<string> {
  try {
    return (await readParts(request)).toString('utf8');
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError(400, `the body ended early: ${(error as Error).message}`, 'body');
  }
}

async function readParts(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new HttpError(413, `the body may have ${MAX_BODY_BYTES} bytes`, 'body', {}, { Connection: 'close' });
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Reads a JSON body; an empty one is undefined. @throws HttpError 400 when it is no JSON, 413 when too long. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request);
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpError(400, `the body is not JSON: ${(error as Error).message}`, 'body');
  }
}

/** A JSON object's members as query parameters, so that bodies and queries are read by the same rules. */
export async function readJsonParams(request: IncomingMessage): Promise<URLSearchParams> {
  const value = (await readJson(request)) ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HttpError(400, 'the body must be a JSON object', 'body');
  }
  return new URLSearchParams(Object.entries(value).map(([name, member]): [string, string] => [name, String(member)]));
}
