/**
 * Runs in the page: the four clients as a page would write them, side by side until `seconds` after the last is connected.
 * A stream that broke comes back after `retryMs` from where it was; so does a long poll.
 */
interface LabConfig {
  run: string;
  seconds: number;
  pollMs: number;
  holdMs: number;
  retryMs: number;
  snapshot: boolean;
}

interface Told {
  id: string;
  seq: number;
}

export interface LabRecord {
  /** When each event reached the page over a transport first, epoch ms. */
  arrivals: Record<string, { id: string; at: number }[]>;
  /** States that snapshot polls were told had been replaced. */
  coalesced: number;
  /** When the page left all of its transports, epoch ms. */
  leftAt: number;
}

const nowMs = () => performance.timeOrigin + performance.now();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function play({ run, seconds, pollMs, holdMs, retryMs, snapshot }: LabConfig): Promise<LabRecord> {
  const record: LabRecord = { arrivals: {}, coalesced: 0, leftAt: 0 };
  let over = false;
  const leavers: (() => void)[] = [];
  const newest: Record<string, number> = {};

  function heard(transport: string, told: readonly Told[]): void {
    const at = nowMs();
    record.arrivals[transport] ??= [];
    const list = record.arrivals[transport]!;
    for (const { id, seq } of told) {
      if (seq <= (newest[transport] ?? 0)) continue;
      newest[transport] = seq;
      list.push({ id, at });
    }
  }

  async function poll(): Promise<void> {
    const mode = snapshot ? '&mode=snapshot' : '';
    const reply = await (await fetch(`/poll?run=${run}${mode}&since=${newest.polling ?? 0}`)).json();
    if (reply.coalesced !== undefined && reply.next > (newest.polling ?? 0)) record.coalesced += reply.coalesced;
    heard('polling', reply.events ?? (reply.event === undefined ? [] : [reply.event]));
  }

  async function longPoll(): Promise<void> {
    const leaving = new AbortController();
    leavers.push(() => leaving.abort());
    while (!over) {
      try {
        const since = newest['long-polling'] ?? 0;
        const url = `/long-poll?run=${run}&since=${since}&timeout=${holdMs}&onTimeout=200`;
        const reply = await (await fetch(url, { signal: leaving.signal })).json();
        heard('long-polling', reply.events ?? []);
      } catch {
        if (!over) await pause(retryMs);
      }
    }
  }

  const opened = (open: (done: () => void) => void) => new Promise<void>((resolve) => open(resolve));

  const eventStream = opened((done) => {
    const source = new EventSource(`/sse?run=${run}&retry=${retryMs}`);
    source.onopen = done;
    source.onmessage = ({ data }) => heard('sse', [JSON.parse(data)]);
    leavers.push(() => source.close());
  });

  const socket = opened((done) => {
    const connect = (): void => {
      const last = newest.websocket;
      const since = last === undefined ? '' : `&since=${last}`;
      const client = new WebSocket(`${location.origin.replace('http', 'ws')}/ws?run=${run}${since}`);
      client.onopen = done;
      client.onmessage = ({ data }) => heard('websocket', [JSON.parse(data)]);
      client.onclose = () => {
        if (!over) setTimeout(connect, retryMs);
      };
      leavers.push(() => client.close());
    };
    connect();
  });

  void longPoll();
  void poll();
  const timer = setInterval(() => void poll(), pollMs);
  await Promise.all([eventStream, socket]);
  await pause(seconds * 1000);
  over = true;
  record.leftAt = nowMs();
  clearInterval(timer);
  for (const leave of leavers) leave();
  return record;
}

Object.assign(window, { playLab: play });
