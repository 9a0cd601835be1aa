/** The techniques that have a page and a time diagram. */
export const LESSONS = [
  'postback',
  'ajax',
  'polling',
  'long-polling',
  'sse',
  'http-stream',
  'websocket',
  'beacon',
] as const;
export type Lesson = (typeof LESSONS)[number];

type ArrowKind = 'ask' | 'news' | 'empty' | 'page';
interface Arrow {
  time: number;
  from: 'page' | 'server';
  kind: ArrowKind;
}
interface Scene {
  arrows: Arrow[];
  /** While the server holds a question, or a connection is open: bars on the server's line. */
  held: [from: number, to: number][];
  /** While the page is being replaced: gaps in its line. */
  gone: [from: number, to: number][];
}

/** The same news in every diagram, so that they can be compared at a glance. One unit is about a second. */
const EVENTS = [2.2, 3.6, 7.4, 10.3];
const END = 12;
const TRANSIT = 0.4;

const ask = (time: number): Arrow => ({ time, from: 'page', kind: 'ask' });
const answer = (time: number, kind: ArrowKind): Arrow => ({ time, from: 'server', kind });
const happened = (after: number, until: number): boolean => EVENTS.some((event) => event > after && event <= until);

function exchange(time: number, kind: ArrowKind): Arrow[] {
  return [ask(time), answer(time + 2 * TRANSIT, kind)];
}

function pollScene(): Scene {
  const times = [0.5, 2.5, 4.5, 6.5, 8.5, 10.5];
  const arrows = times.flatMap((time) =>
    exchange(time, happened(time - 2 + TRANSIT, time + TRANSIT) ? 'news' : 'empty'),
  );
  return { arrows, held: [], gone: [] };
}

function longPollScene(): Scene {
  const scene: Scene = { arrows: [], held: [], gone: [] };
  let asked = 0.4;
  for (const event of EVENTS) {
    const answered = Math.max(event, asked + TRANSIT);
    scene.arrows.push(ask(asked), answer(answered, 'news'));
    scene.held.push([asked + TRANSIT, answered]);
    asked = answered + TRANSIT;
  }
  scene.arrows.push(ask(asked));
  scene.held.push([asked + TRANSIT, END]);
  return scene;
}

function streamScene(extra: Arrow[] = []): Scene {
  const news = EVENTS.map((event) => answer(event, 'news'));
  return { arrows: [ask(0.4), ...news, ...extra], held: [[0.4 + TRANSIT, END]], gone: [] };
}

const SCENES: Record<Lesson, () => Scene> = {
  postback: () => ({
    arrows: [...exchange(3.6, 'page'), ...exchange(8.6, 'page')],
    held: [],
    gone: [
      [3.6, 4.8],
      [8.6, 9.8],
    ],
  }),
  ajax: () => ({ arrows: [...exchange(3.6, 'news'), ...exchange(8.6, 'news')], held: [], gone: [] }),
  polling: pollScene,
  'long-polling': longPollScene,
  sse: () => streamScene(),
  'http-stream': () => streamScene(),
  websocket: () => streamScene([ask(4.6), ask(5.3), ask(8.9)]),
  beacon: () => ({ arrows: [ask(2.6), ask(6.2), ask(9.6)], held: [], gone: [] }),
};

/** What a time diagram is drawn with. */
export type Mark = 'event' | 'held' | ArrowKind;

export function marksOf(lesson: Lesson): Set<Mark> {
  const { arrows, held } = SCENES[lesson]();
  return new Set<Mark>(['event', ...arrows.map(({ kind }) => kind), ...(held.length > 0 ? (['held'] as const) : [])]);
}

const LEFT = 74;
const UNIT = 46;
const PAGE_Y = 24;
const SERVER_Y = 92;
const x = (time: number): number => Math.round((LEFT + time * UNIT) * 10) / 10;

function drawArrow({ time, from, kind }: Arrow): string {
  const down = from === 'page';
  const [y1, y2] = down ? [PAGE_Y, SERVER_Y - 4] : [SERVER_Y, PAGE_Y + 4];
  const [x1, x2] = [x(time), x(time + TRANSIT)];
  const back = down ? -8 : 8;
  return (
    `<g class="${kind}"><path d="M${x1} ${y1}L${x2} ${y2}"/>` +
    `<path class="head" d="M${x2} ${y2}l-6.5 ${back * 0.7}l7.5 ${back * 0.35}z"/></g>`
  );
}

/** An inline SVG: time runs to the right, the page above, the server below, a dot for each piece of news. */
export function timeDiagram(lesson: Lesson, labels: { title: string; page: string; server: string }): string {
  const { arrows, held, gone } = SCENES[lesson]();
  const bar = (cls: string, y: number) => (span: [number, number]) =>
    `<path class="${cls}" d="M${x(span[0])} ${y}H${x(span[1])}"/>`;
  return [
    `<svg class="diagram" viewBox="0 0 ${x(END) + 10} 116" role="img" aria-label="${labels.title}">`,
    `<text x="4" y="${PAGE_Y + 5}">${labels.page}</text><text x="4" y="${SERVER_Y + 5}">${labels.server}</text>`,
    `<path class="line" d="M${x(0)} ${PAGE_Y}H${x(END)}M${x(0)} ${SERVER_Y}H${x(END)}"/>`,
    ...gone.map(bar('gone', PAGE_Y)),
    ...held.map(bar('held', SERVER_Y)),
    ...arrows.map(drawArrow),
    ...EVENTS.map((event) => `<circle class="event" cx="${x(event)}" cy="${SERVER_Y}" r="5"/>`),
    '</svg>',
  ].join('');
}
