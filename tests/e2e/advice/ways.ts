/** What the frames of these pages have in common: a few ways to get news, as pages are written. */
export const WAYS = `
const socketUrl = (path) => location.origin.replace('http', 'ws') + path;
const read = async (url, init) => (await fetch(url, init)).text();
const every = (ms, url, init) => setInterval(() => read(url, init), ms);
/** Polls for what it does not have yet. */
const follow = (ms, url) => {
  let since = 0;
  setInterval(async () => {
    const { next } = JSON.parse(await read(url + '&since=' + since));
    if (next !== undefined) since = next;
  }, ms);
};
/** Does something after each of these pauses, over and over. */
const after = (pausesMs, act, turn = 0) =>
  setTimeout(() => {
    act();
    after(pausesMs, act, turn + 1);
  }, pausesMs[turn % pausesMs.length]);
/** Keeps a socket open and says hello five times; where it ends, opens it again after each of these pauses in turn. */
const stay = (pausesMs, turn = 0) => {
  const socket = new WebSocket(socketUrl('/ws?run=RUN'));
  socket.onopen = () => [1, 2, 3, 4, 5].forEach((part) => socket.send('hello ' + part));
  socket.onclose = () => setTimeout(() => stay(pausesMs, turn + 1), pausesMs[turn % pausesMs.length]);
};
`;
