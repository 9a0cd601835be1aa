import { expect, it } from 'vitest';
import type { Figure } from '../../../src/core/model.ts';
import type { ChannelReport } from '../../../src/core/session/report.ts';
import { measuredOf } from '../../../src/panel/views/what-if/measured.ts';

const measured = (value: number): Figure => ({ value, provenance: 'measured', plusMinus: 0 });

/** A channel watched for a minute: heads of 600 and 100 bytes for each request, 1,000 bytes besides. */
const minuteOf = (transport: ChannelReport['transport'], requests: number) => {
  const report = {
    id: 1,
    transport,
    requests,
    connections: 1,
    bytes: {
      requestHeader: measured(600 * requests),
      responseHeader: measured(100 * requests),
      framing: measured(200),
      payloadSent: measured(0),
      payloadReceived: measured(800),
      wire: measured(700 * requests + 1000),
    },
    latency: { p50: measured(0), p95: measured(0) },
  } as unknown as ChannelReport;
  const store = { log: { channels: [] } } as never;
  const { requestsPerHour, requestHeaderPerHour, bytesPerHour } = measuredOf(store, report, 60_000);
  return [requestsPerHour, requestHeaderPerHour, bytesPerHour].map((figure) => Math.round(figure!.value!));
};

it.each([
  ['sse', 1, [1, 600, 700 + 60_000]],
  ['websocket', 3, [1 + 2 * 60, 600 * 121, 700 * 121 + 60_000]],
  ['polling', 3, [180, 600 * 180, 700 * 180 + 60_000]],
] as const)(
  'an hour of %s with %d requests a minute has requests, bytes of heads, bytes',
  (transport, requests, hour) => {
    expect(minuteOf(transport, requests)).toEqual(hour);
  },
);
