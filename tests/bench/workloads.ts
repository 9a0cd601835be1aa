/** Each runs inside a page; `count` is how many of the thing it does. */
export interface Workload {
  name: string;
  count: number;
  run: (count: number) => Promise<unknown>;
  /** What ours may cost at most: hooks with nobody listening more than natively, or all of it times what it costs natively. */
  budget: { hookMicroseconds: number } | { ratio: number } | null;
}

export const WORKLOADS: Workload[] = [
  {
    // On a closed source the call returns at once: what is left is the call itself.
    name: 'call of a hooked method',
    count: 500_000,
    budget: { hookMicroseconds: 0.15 },
    async run(count) {
      const source = new EventSource('/never');
      for (let i = 0; i < count; i++) source.close();
    },
  },
  {
    name: 'read of response.body',
    count: 500_000,
    budget: { hookMicroseconds: 0.15 },
    async run(count) {
      const response = new Response('x');
      let kept: unknown;
      for (let i = 0; i < count; i++) kept = response.body;
      return kept === null;
    },
  },
  {
    name: 'WebSocket message received',
    count: 20_000,
    budget: { hookMicroseconds: 1.5 },
    async run(count) {
      const socket = new WebSocket(`ws://${location.host}/ws`);
      let left = count;
      let chars = 0;
      await new Promise<void>((resolve) => {
        socket.onmessage = ({ data }) => {
          chars += data.length;
          if (--left === 0) resolve();
        };
        socket.onopen = () => socket.send(`burst ${count}`);
      });
      socket.close();
      return chars;
    },
  },
  {
    name: 'WebSocket message sent',
    count: 20_000,
    budget: { hookMicroseconds: 1.5 },
    async run(count) {
      const socket = new WebSocket(`ws://${location.host}/ws?sink`);
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      const text = 'x'.repeat(100);
      for (let i = 0; i < count; i++) socket.send(text);
      socket.close();
    },
  },
  {
    name: 'SSE event',
    count: 20_000,
    budget: { hookMicroseconds: 1.5 },
    async run(count) {
      const source = new EventSource(`/burst-sse?count=${count}`);
      let left = count;
      let chars = 0;
      await new Promise<void>((resolve) => {
        source.onmessage = ({ data }) => {
          chars += data.length;
          if (--left === 0) resolve();
        };
      });
      source.close();
      return chars;
    },
  },
  {
    name: 'fetch stream, 10k × 100 B',
    count: 10_000,
    budget: { ratio: 1.15 },
    // By a reader with a buffer of its own: whatever the network glues together, it reads 100 bytes at a time.
    async run(count) {
      const reader = (await fetch(`/chunks?count=${count}&bytes=100`)).body!.getReader({ mode: 'byob' });
      let buffer = new Uint8Array(100);
      for (let read = 0; read < count; read++) {
        const { value } = await reader.read(buffer);
        buffer = new Uint8Array(value!.buffer);
      }
    },
  },
  {
    name: 'fetch stream, 200 MB (per MB)',
    count: 200,
    budget: { ratio: 1.05 },
    async run(count) {
      const reader = (await fetch(`/flood?key=stream&max=${count * 1e6}`)).body!.getReader();
      while (!(await reader.read()).done);
    },
  },
  {
    name: 'fetch and text(), 1 kB',
    count: 400,
    budget: null,
    async run(count) {
      for (let i = 0; i < count; i++) await (await fetch('/bytes?n=1000')).text();
    },
  },
];

/** 5,000 sent messages a second, as a busy page makes them: a few at a time. */
export async function steadily(events: number): Promise<void> {
  const socket = new WebSocket(`ws://${location.host}/ws?sink`);
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  const text = 'x'.repeat(100);
  const startedAt = performance.now();
  for (let sent = 0; sent < events; ) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    const due = Math.min(events, (performance.now() - startedAt) * 5);
    for (; sent < due; sent++) socket.send(text);
  }
  socket.close();
}
