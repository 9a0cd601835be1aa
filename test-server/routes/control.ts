import { faultsFromParams } from '../faults.ts';
import { readJson, readJsonParams } from '../http/body.ts';
import { type Route, sendJson } from '../http/context.ts';
import { HttpError } from '../http/errors.ts';

/** The routes that run experiments instead of carrying news. They belong to no run and are counted nowhere. */
export const control: readonly Route[] = [
  {
    method: 'POST',
    path: '/runs',
    async handle({ request, reply, runs }) {
      const run = runs.fromParams(await readJsonParams(request));
      sendJson(reply, 201, JSON.stringify({ run: run.id }));
    },
  },
  {
    method: 'POST',
    path: '/runs/:run/start',
    handle({ reply, parts, runs }) {
      runs.get(parts.run!).start();
      sendJson(reply, 200, '{}');
    },
  },
  {
    method: 'POST',
    path: '/runs/:run/stop',
    handle({ reply, parts, runs }) {
      runs.get(parts.run!).stop();
      sendJson(reply, 200, '{}');
    },
  },
  {
    method: 'POST',
    path: '/runs/:run/faults',
    async handle({ request, reply, parts, runs }) {
      const run = runs.get(parts.run!);
      run.faults = faultsFromParams(await readJsonParams(request));
      sendJson(reply, 200, JSON.stringify(run.faults));
    },
  },
  {
    method: 'POST',
    path: '/publish',
    async handle({ request, reply, params, runs }) {
      const data = await readJson(request);
      if (data === undefined) throw new HttpError(400, 'the body must be JSON: the data of the event', 'body');
      const targets = params.has('run') ? [runs.ofQuery(params)] : runs.all();
      const ids = targets.map((run) => run.publish(data).id);
      sendJson(reply, 200, JSON.stringify({ ids }));
    },
  },
  {
    method: 'GET',
    path: '/truth/:run',
    handle({ reply, parts, runs }) {
      sendJson(reply, 200, JSON.stringify(runs.get(parts.run!).truth()));
    },
  },
];
