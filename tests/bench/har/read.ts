import { statSync } from 'node:fs';
import { openRecording } from '../../../src/cli/files/open.ts';
import { saveRecording } from '../../../src/cli/files/save.ts';
import { reportChannel } from '../../../src/core/session/report.ts';

/** Opens the file it is given, prints how long that took and how much memory, as JSON, and saves it as a session if told where. */
const [path = '', saveAs] = process.argv.slice(2);
const startedAt = performance.now();
const cpu = process.cpuUsage();
const log = await openRecording(path);
const reports = log.channels.map((channel) => reportChannel(log, channel));
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(cpu);
const { exchanges, messages, connections } = log.history;
console.log(
  JSON.stringify({
    mb: statSync(path).size / 1e6,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    // Linux counts it in kB, macOS in bytes: Node.js makes kB of both.
    rssMb: process.resourceUsage().maxRSS / 1024,
    channels: reports.length,
    entries: exchanges.all.length + exchanges.dropped + connections.length,
    messages: messages.next,
  }),
);
if (saveAs !== undefined) await saveRecording(log, '0', { json: saveAs }, { raw: true });
