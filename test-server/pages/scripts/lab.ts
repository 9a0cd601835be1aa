/** One line of a result, worded by the server. */
interface Row {
  what: string;
  published: string;
  expected: string;
  measured: string;
  agrees: boolean;
}

const lab = document.querySelector<HTMLElement>('#lab')!;
const texts: Record<string, string> = JSON.parse(lab.dataset.config!);
const CLOSE_AFTER_MS = 50;
/** Room for late timers; the browsers' times lie two seconds apart. */
const TOLERANCE_S = 0.25;

/** How long this browser's EventSource waits after the server closed the stream, by the server's sockets. */
async function measureReconnection(): Promise<Row[]> {
  const created = await fetch('/runs', { method: 'POST', body: '{"kind":"idle"}' });
  const { run } = await created.json();
  const source = new EventSource(`/sse?run=${run}&closeAfter=${CLOSE_AFTER_MS}`);
  const nextEvent = (type: string) => new Promise((resolve) => source.addEventListener(type, resolve, { once: true }));
  await nextEvent('error');
  await nextEvent('open');
  source.close();
  const { exchanges } = await (await fetch(`/truth/${run}`)).json();
  const [first, second] = exchanges;
  const seconds = (second.startedAt - first.endedAt) / 1000;
  const expected = navigator.userAgent.includes('Firefox') ? 5 : 3;
  return [
    {
      what: `${texts.eventSourceTitle}, ${texts.secondsShort}`,
      published: `${texts.labAbout} 3–5`,
      expected: expected.toFixed(1),
      measured: seconds.toFixed(2),
      agrees: Math.abs(seconds - expected) <= TOLERANCE_S,
    },
  ];
}

async function runOnServer(id: string): Promise<Row[]> {
  const response = await fetch(`/lab/${id}`, { method: 'POST' });
  if (response.status === 409) throw new Error(texts.labBusy);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
}

function cell(kind: 'td' | 'th', text: string, className = ''): HTMLElement {
  const element = document.createElement(kind);
  element.textContent = text;
  element.className = className;
  return element;
}

function table(rows: Row[]): HTMLElement {
  const element = document.createElement('table');
  const head = element.createTHead().insertRow();
  const labels = ['labWhat', 'labPublished', 'labExpected', 'labMeasured'].map((name) => texts[name]!);
  head.append(...labels.map((label) => cell('th', label)));
  head.append(cell('th', ''));
  const body = element.createTBody();
  for (const { what, published, expected, measured, agrees } of rows) {
    const verdict = agrees ? `✓ ${texts.labAgrees}` : `✕ ${texts.labDiffers}`;
    const cells = [what, published, expected, measured].map((text) => cell('td', text));
    // Where the table is too narrow for its head, each value says itself what it is.
    for (const [index, element] of cells.entries()) element.dataset.label = labels[index];
    body.insertRow().append(...cells, cell('td', verdict, agrees ? 'agrees' : 'differs'));
  }
  return element;
}

function message(text: string, className: string): HTMLElement {
  const element = document.createElement('p');
  element.textContent = text;
  element.className = className;
  return element;
}

async function runExperiment(section: HTMLElement): Promise<void> {
  const result = section.querySelector<HTMLElement>('.table-box')!;
  const buttons = [...lab.querySelectorAll('button')];
  for (const button of buttons) button.disabled = true;
  result.replaceChildren(message(texts.labRunning!, 'quiet'));
  try {
    const { id } = section.dataset;
    result.replaceChildren(table(await (id === 'eventSource' ? measureReconnection() : runOnServer(id!))));
  } catch (error) {
    result.replaceChildren(message(`${texts.labFailed} ${(error as Error).message}`, 'failed'));
  }
  for (const button of buttons) button.disabled = false;
  section.querySelector('button')!.focus();
}

for (const section of lab.querySelectorAll<HTMLElement>('.experiment')) {
  section.querySelector('button')!.addEventListener('click', () => runExperiment(section));
}
