import { readBody, readJson } from '../http/body.ts';
import { failAtRate, NO_STORE, type Route, sendJson } from '../http/context.ts';
import { HttpError } from '../http/errors.ts';
import { sendEvents } from './events-reply.ts';

const LATEST_EVENTS = 20;

/**
 * AJAX, a request of its own for one need: GET `/ajax` gives the latest events, POST `/ajax` publishes its JSON body to
 * the run. Beacons: POST `/beacon` takes what a page reports in passing, up to 64 kB, and answers 204.
 */
export const oneOff: readonly Route[] = [
  {
    method: 'GET',
    path: '/ajax',
    handle({ reply, params, runs }) {
      const run = runs.ofQuery(params);
      failAtRate(run);
      const events = run.history.latestOf(LATEST_EVENTS);
      if (events.length === 0) sendJson(reply, 200, '{"events":[],"next":0}');
      else sendEvents(run, reply, events);
    },
  },
  {
    method: 'POST',
    path: '/ajax',
    async handle({ request, reply, params, runs }) {
      const run = runs.ofQuery(params);
      const data = await readJson(request);
      if (data === undefined) throw new HttpError(400, 'the body must be JSON: the data of the event', 'body');
      failAtRate(run);
      sendJson(reply, 201, JSON.stringify({ id: run.publish(data).id }));
    },
  },
  {
    method: 'POST',
    path: '/beacon',
    async handle({ request, reply, params, runs }) {
      const run = runs.ofQuery(params);
      await readBody(request);
      failAtRate(run);
      reply.writeHead(204, NO_STORE).end();
    },
  },
];
