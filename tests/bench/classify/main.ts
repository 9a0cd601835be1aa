import { parseArgs } from 'node:util';
import { apply } from '../../../src/core/log.ts';
import type { Transport } from '../../../src/core/model.ts';
import { createLog } from '../../../src/core/state.ts';
import { createRandom } from '../../../test-server/random.ts';
import { batch, entryOf, ORIGIN, T0 } from '../../support/timeline.ts';
import { KINDS, type MadeRequest } from './traffic.ts';

/*
 * npm run bench:classify [-- --runs 10000] [--seed 1]
 * Plays made-up traffic of known kinds through the log, request by request, and prints what it was taken for.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const runs = Number(values.runs);
const random = createRandom(Number(values.seed));

/** What the log makes of the traffic; the channel with most requests speaks. */
function classify(requests: readonly MadeRequest[]): Transport | null {
  const log = createLog(T0);
  const document = { key: 'document-1', frameId: 0, url: `${ORIGIN}/` };
  apply(log, { kind: 'document', document, at: T0 });
  const inputs = requests.flatMap(({ atMs, tookMs, method, path, status, body, requestBytes }, id) => {
    const url = ORIGIN + path;
    const end = atMs + tookMs;
    const entry = entryOf({
      method,
      url,
      startedAt: T0 + atMs,
      endedAt: T0 + end,
      waitMs: tookMs,
      status,
      body,
      contentBytes: body.length,
      requestBodyBytes: requestBytes,
    });
    return [
      batch({
        kind: 'request',
        id,
        at: atMs,
        api: 'fetch',
        method,
        url,
        bodyBytes: requestBytes,
        bodyText: null,
        stack: null,
      }),
      batch({ kind: 'response', id, at: end - 1, status, url, contentType: 'application/json' }),
      batch({ kind: 'end', id, at: end, outcome: 'done', bodyBytes: body.length }),
      { kind: 'entry', entry, at: T0 + end + 8 } as const,
    ];
  });
  for (const input of inputs.sort((a, b) => a.at - b.at)) apply(log, input);
  const main = log.channels.reduce((most, channel) => (channel.exchanges > most.exchanges ? channel : most));
  return main.standing?.verdict.transport ?? null;
}

interface Tally {
  runs: number;
  right: number;
  taken: Map<string, number>;
}
const ALARMS = new Set<Transport | null>(['polling', 'long-polling']);
const tallies = KINDS.map((): Tally => ({ runs: 0, right: 0, taken: new Map() }));
let falseAlarms = 0;
let harmless = 0;
for (let run = 0; run < runs; run++) {
  const kind = KINDS[run % KINDS.length]!;
  const tally = tallies[run % KINDS.length]!;
  const transport = classify(kind.make(random, 10 + Math.floor(random() * 30)));
  // Of what a person does "not enough yet" is as good an answer as "single requests".
  const isRight =
    kind.truth === 'request' ? !ALARMS.has(transport) && transport !== 'telemetry' : transport === kind.truth;
  tally.runs++;
  if (isRight) tally.right++;
  const name = transport ?? 'undecided';
  tally.taken.set(name, (tally.taken.get(name) ?? 0) + 1);
  if (kind.truth === 'request') {
    harmless++;
    if (ALARMS.has(transport)) falseAlarms++;
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
console.log(`${runs} runs of 10 to 40 requests, seed ${values.seed}\n`);
for (const [i, { name, truth }] of KINDS.entries()) {
  const { runs, right, taken } = tallies[i]!;
  const others = [...taken].filter(([given]) => given !== truth).map(([given, n]) => `${given} ${n}`);
  console.log(`${name.padEnd(34)} ${truth.padEnd(13)} ${percent(right / runs).padStart(9)}  ${others.join(', ')}`);
}
const right = tallies.reduce((sum, tally) => sum + tally.right, 0);
console.log(
  `\nright ${percent(right / runs)} (goal ≥ 99 %) · false alarms ${percent(falseAlarms / harmless)} (goal ≤ 0.5 %)`,
);
