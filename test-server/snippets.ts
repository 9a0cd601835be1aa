import type { Lesson } from './diagrams.ts';

/** What a page needs to write for each technique, as short as it can be and still be right. */
export const SNIPPETS: Record<Lesson, string> = {
  postback: `<form method="post" action="/postback">
  <input name="text">
  <button>Send</button>
</form>`,
  ajax: `button.onclick = async () => {
  const response = await fetch('/ajax');
  show((await response.json()).events);
};`,
  polling: `let since = 0;
setInterval(async () => {
  const response = await fetch('/poll?since=' + since);
  const { events = [], next = since } = await response.json();
  since = next;
  show(events);
}, 1000);`,
  'long-polling': `let since = 0;
for (;;) {
  const response = await fetch('/long-poll?since=' + since);
  if (response.status === 503) continue; // held, timed out
  const { events, next } = await response.json();
  since = next;
  show(events);
}`,
  sse: `const source = new EventSource('/sse');
source.onmessage = ({ data }) => show([JSON.parse(data)]);`,
  'http-stream': `const { body } = await fetch('/stream');
const texts = body.pipeThrough(new TextDecoderStream());
let rest = '';
for await (const text of texts) {
  const lines = (rest + text).split('\\n');
  rest = lines.pop();
  show(lines.map((line) => JSON.parse(line)));
}`,
  websocket: `const socket = new WebSocket('/ws?mode=publish');
socket.onmessage = ({ data }) => show([JSON.parse(data)]);
form.onsubmit = () => socket.send(input.value);`,
  beacon: `addEventListener('pagehide', () => {
  const seconds = performance.now() / 1000;
  navigator.sendBeacon('/beacon', JSON.stringify({ seconds }));
});`,
};
