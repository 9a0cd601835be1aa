import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EXTENSION, setup } from '../support/built-extension.ts';
import { startFixtureServer } from '../support/fixture-server.ts';
import { bytesAfterCancel, heldBytes } from './effects.ts';
import { EVENTS, throughput } from './end-to-end.ts';
import { cpuMicroseconds, type Lane, openLane, WAYS, type Way } from './lanes.ts';
import { steadily, WORKLOADS, type Workload } from './workloads.ts';

const ROUNDS = Number(process.argv[2] ?? 5);
const STEADY_EVENTS = 15_000;

const print = (name: string, cells: string[], limit: string): void =>
  console.log(`${name.padEnd(32) + cells.map((cell) => cell.padStart(18)).join('')}   ${limit}`);
const megabytes = (bytes: number | null): string => (bytes === null ? 'goes on' : `${(bytes / 1e6).toFixed(2)} MB`);

/** CPU microseconds for one of what the workload does; the least of several, as what else runs here only adds. */
async function leastOf(lanes: Lane[], { run, count }: Workload): Promise<Record<Way, number>> {
  const least = { native: Infinity, dormant: Infinity, recording: Infinity, naive: Infinity };
  for (const lane of lanes) await cpuMicroseconds(lane, run, Math.ceil(count / 10));
  for (let round = 0; round < ROUNDS; round++) {
    for (const lane of lanes)
      least[lane.way] = Math.min(least[lane.way], (await cpuMicroseconds(lane, run, count)) / count);
  }
  return least;
}

function cellsOf(least: Record<Way, number>): string[] {
  return WAYS.map((way) => {
    const extra = least[way] - least.native;
    const ratio = `${(least[way] / least.native).toFixed(2)}×`;
    return way === 'native'
      ? `${least[way].toPrecision(3)} µs`
      : `${extra < 0 ? '−' : '+'}${Math.abs(extra).toPrecision(2)} µs ${ratio}`;
  });
}

function limitOf({ budget }: Workload): string {
  if (budget === null) return '';
  return 'ratio' in budget ? `recording ≤ ${budget.ratio}×` : `dormant ≤ +${budget.hookMicroseconds} µs`;
}

await setup();
const server = await startFixtureServer();
const lanes: Lane[] = [];
try {
  for (const way of WAYS) lanes.push(await openLane(way, server));
  print('CPU of the main thread, each', [...WAYS], 'budget');
  for (const workload of WORKLOADS) print(workload.name, cellsOf(await leastOf(lanes, workload)), limitOf(workload));

  const steady: string[] = [];
  for (const lane of lanes) {
    let least = Infinity;
    for (let round = 0; round < ROUNDS; round++)
      least = Math.min(least, (await cpuMicroseconds(lane, steadily, STEADY_EVENTS)) / STEADY_EVENTS);
    steady.push(`${least.toPrecision(3)} µs`);
  }
  print('sent, 5,000 a second', steady, 'recording − dormant ≤ 3 µs');

  const held: string[] = [];
  for (const lane of lanes) held.push(megabytes(await heldBytes(lane)));
  print('memory with 200 MB read', held, '≤ native + 2 MB');
  const sent: string[] = [];
  for (const lane of lanes) sent.push(megabytes(await bytesAfterCancel(lane, server)));
  print('sent after cancel()', sent, 'as native');
} finally {
  await Promise.all(lanes.map(({ browser }) => browser.close()));
}
try {
  for (const [name, read] of Object.entries(EVENTS)) {
    const { eventsPerSecond, lostBeyond } = await throughput(server, read);
    const beyond = lostBeyond === null ? 'none lost' : `${(100 * lostBeyond).toFixed(1)} % lost beyond`;
    const rate = Math.round(eventsPerSecond).toLocaleString('en');
    console.log(`to the panel without a loss, ${name}: ${rate} a second (${beyond}); budget ≥ 50,000`);
  }
} finally {
  await server.close();
}
const script = readFileSync(join(EXTENSION, 'src/page/main.js'));
console.log(`hook script: ${script.length} B, ${gzipSync(script).length} B gzip; budget ≤ 8,000 B gzip`);
console.log(`least of ${ROUNDS} rounds`);
