/** What one round of a page did, by its own count. */
export interface Round {
  /** Calls of fetch, XMLHttpRequest and sendBeacon. */
  requests: number;
  /** WebSocket messages both ways, and events of the stream. */
  messages: number;
}

/** Events of each run: all there before anybody asks, so that an event stream brings them at once. */
export const NEWS = 5;

/**
 * Runs in the page: some of everything, until the last of it has come; one request is broken off. When told so it leaves a long
 * poll under way, and a beacon, for the page to be left meanwhile.
 */
export async function playRound(run: string, news: number, echoes: number, leaves: boolean): Promise<Round> {
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      const source = new EventSource(`/sse?run=${run}&since=0`);
      let count = 0;
      source.onmessage = () => {
        if (++count < news) return;
        source.close();
        resolve();
      };
      source.onerror = () => reject(new Error('the event stream broke'));
    });
  const echo = () =>
    new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws?run=${run}&mode=echo`);
      let count = 0;
      socket.onopen = () => {
        for (let i = 0; i < echoes; i++) socket.send(i % 3 === 0 ? new Uint8Array(100) : `message ${i}`);
      };
      socket.onmessage = () => {
        if (++count < echoes) return;
        socket.close();
        resolve();
      };
      socket.onerror = () => reject(new Error('the socket broke'));
    });
  const byXhr = () =>
    new Promise<void>((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', `/ajax?run=${run}`);
      xhr.onload = () => resolve();
      xhr.onerror = () => reject(new Error('the XMLHttpRequest failed'));
      xhr.send();
    });
  const held = `/long-poll?run=${run}&since=${news}&timeout=60000`;
  const ask = async () => {
    const control = new AbortController();
    const brokenOff = fetch(held, { signal: control.signal }).catch(() => {});
    for (let i = 0; i < 5; i++) await (await fetch(`/poll?run=${run}&since=0`)).text();
    for (let i = 0; i < 5; i++) await byXhr();
    control.abort();
    await brokenOff;
  };
  await Promise.all([echo(), listen(), ask()]);
  if (leaves) {
    fetch(held).catch(() => {});
    navigator.sendBeacon(`/beacon?run=${run}`, 'left');
  }
  return { requests: 11 + (leaves ? 2 : 0), messages: 2 * echoes + news };
}
