/** Each runs inside a page; `count` is how many of the thing it does. */
export interface Workload {
  name: string;
  unit: string;
  count: number;
  run: (count: number) => Promise<unknown>;
}

export const WORKLOADS: Workload[] = [
  {
    // On a closed source the call returns at once: what is left is the call itself.
    name: 'call of a hooked method',
    unit: 'call',
    count: 500_000,
    async run(count) {
      const source = new EventSource('/never');
      for (let i = 0; i < count; i++) source.close();
    },
  },
  {
    name: 'call of a hooked getter',
    unit: 'call',
    count: 500_000,
    async run(count) {
      const response = new Response('x');
      let kept: unknown;
      for (let i = 0; i < count; i++) kept = response.body;
      return kept === null;
    },
  },
  {
    name: 'WebSocket message, 100 B',
    unit: 'message',
    count: 20_000,
    async run(count) {
      const socket = new WebSocket(`ws://${location.host}/ws`);
      let left = count;
      await new Promise<void>((resolve) => {
        socket.onmessage = () => void (--left === 0 && resolve());
        socket.onopen = () => socket.send(`burst ${count}`);
      });
      socket.close();
    },
  },
  {
    name: 'SSE event, 100 B',
    unit: 'event',
    count: 10_000,
    async run(count) {
      const source = new EventSource(`/burst-sse?count=${count}`);
      let left = count;
      await new Promise<void>((resolve) => {
        source.onmessage = () => void (--left === 0 && resolve());
      });
      source.close();
    },
  },
  {
    name: 'fetch stream, 10k × 100 B',
    unit: 'chunk',
    count: 10_000,
    async run(count) {
      const reader = (await fetch(`/chunks?count=${count}&bytes=100&apart`)).body!.getReader();
      while (!(await reader.read()).done);
    },
  },
  {
    name: 'fetch stream, 200 MB',
    unit: 'MB',
    count: 200,
    async run(count) {
      const reader = (await fetch(`/flood?key=stream&max=${count * 1e6}`)).body!.getReader();
      while (!(await reader.read()).done);
    },
  },
  {
    name: 'fetch and text(), 1 kB',
    unit: 'fetch',
    count: 400,
    async run(count) {
      for (let i = 0; i < count; i++) await (await fetch('/bytes?n=1000')).text();
    },
  },
];

/** Reads once and cancels; the server tells how much it had sent by the time it noticed. */
export async function readAndCancel(key: string): Promise<void> {
  const reader = (await fetch(`/flood?key=${key}`)).body!.getReader();
  await reader.read();
  await reader.cancel();
}
