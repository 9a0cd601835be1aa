import { readFile } from 'node:fs/promises';
import { type Route, sendJson } from '../http/context.ts';

/** `GET /truth.schema.json`: the JSON Schema of `GET /truth/{run}`. */
export const truthSchema: Route = {
  method: 'GET',
  path: '/truth.schema.json',
  async handle({ reply }) {
    sendJson(reply, 200, await readFile(new URL('../truth.schema.json', import.meta.url), 'utf8'));
  },
};
