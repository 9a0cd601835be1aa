import { statSync } from 'node:fs';
import { openRecording } from '../../../src/cli/files/open.ts';
import { reportChannel } from '../../../src/core/session/report.ts';

/** Analyses the HAR it is given and prints how long that took and how much memory, as JSON. */
const path = process.argv[2]!;
const startedAt = performance.now();
const cpu = process.cpuUsage();
const log = await openRecording(path);
const reports = log.channels.map((channel) => reportChannel(log, channel));
const { user, system } = process.cpuUsage(cpu);
const { size } = statSync(path);
const { exchanges, messages, connections } = log.history;
console.log(
  JSON.stringify({
    mbPerSecond: size / 1000 / (performance.now() - startedAt),
    cpuMbPerSecond: size / (user + system),
    // Linux counts it in kB, macOS in bytes: Node.js makes kB of both.
    rssMb: process.resourceUsage().maxRSS / 1024,
    channels: reports.length,
    entries: exchanges.all.length + exchanges.dropped + connections.length,
    messages: messages.next,
  }),
);
