import { beforeAll, describe, expect, it } from 'vitest';
import { installCorpus } from '../../scripts/corpus/install.ts';
import { type CaseResult, runCorpus } from '../../scripts/corpus/run.ts';
import { type Row, scoreCases } from '../../scripts/corpus/score.ts';
import { DOWNLOADS } from '../../scripts/paths.ts';
import { findOrInstallBrowser } from '../../src/cli/browser/install.ts';

/** Real client libraries against their servers, none of which needs more than npm packages; `npm run corpus` plays all. */
const CASES = [
  'ai-sdk-stream',
  'engineio-idle-longpoll',
  'etag-304-poll',
  'eventsource-reconnect',
  'fetch-setinterval',
  'heartbeat-beacon',
  'neg-user-clicks',
  'socketio-websocket',
  'telegram-getupdates',
  'ws-native',
];
const JOBS = 4;

let results: CaseResult[];
let rows: Record<string, Row[]>;

beforeAll(async () => {
  installCorpus({ servers: false });
  const executablePath = findOrInstallBrowser(DOWNLOADS, console.log);
  results = await runCorpus({ executablePath, only: CASES, jobs: JOBS });
  ({ rows } = await scoreCases(results));
}, 180_000);

describe.each(CASES)('%s', (name) => {
  it('ran', () => {
    expect(results.find((result) => result.name === name)).toMatchObject({ error: null });
  });

  it('has its channels recognised, and no other is made up', () => {
    const scored = rows[name]!.filter(({ fit }) => fit !== 'ignored');
    expect(scored.length).toBeGreaterThan(0);
    const wrong = scored.filter(({ fit, hard }) => !RIGHT.has(fit) || hard === true);
    // What led to a wrong verdict stands in the failure.
    expect(wrong.map((row) => ({ ...row, channels: verdictsOf(name) }))).toEqual([]);
  });

  it('has its requests, waste and reconnects counted as the sockets count them', () => {
    for (const { metrics } of main(name)) {
      // One request more or less may lie on the edge of the recording.
      for (const count of ['requests', 'wasted'])
        expect(Math.abs(metrics[count]!.got - metrics[count]!.want), count).toBeLessThanOrEqual(1);
      expect(metrics.reconnects!.got).toBe(metrics.reconnects!.want);
    }
  });

  it('has the heads of its requests measured to a hundredth', () => {
    for (const { metrics } of main(name)) {
      const { requests, headerBytes } = metrics;
      const mean = headerBytes!.got / requests!.got;
      const truth = headerBytes!.want / requests!.want;
      expect(Math.abs(mean / truth - 1)).toBeLessThanOrEqual(0.01);
    }
  });
});

const RIGHT = new Set(['ok', 'accepted', 'not listed']);
const verdictsOf = (name: string) =>
  results
    .find((result) => result.name === name)!
    .session!.channels.map(({ method, urlTemplate, verdict }) => ({ method, urlTemplate, verdict }));
/** Channels that were found: those listed as a side of another have nothing to compare. */
const main = (name: string): Row[] => rows[name]!.filter(({ fit }) => fit === 'ok');
