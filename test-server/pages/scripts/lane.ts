import type { Lane, News } from './clients.ts';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 1000;
const GROUND_Y = 26;
/** Marks kept per lane; the oldest go first. */
const MAX_MARKS = 1500;

export interface LaneTexts {
  raceRequests: string;
  raceWasted: string;
  raceEvents: string;
  raceDelay: string;
}

/** A race lane on screen: a track that fills as time goes by, and the counts so far. */
export interface RaceLane extends Omit<Lane, 'connected'> {
  /** The time from which the track runs, in ms of `performance.now()`. */
  begin(startedAt: number): void;
}

export const nowMs = (): number => performance.timeOrigin + performance.now();

/** Adds a lane to `parent`. `countsVain`: answers may be empty here, so say how many were. */
export function addLane(
  parent: Element,
  name: string,
  seconds: number,
  countsVain: boolean,
  texts: LaneTexts,
): RaceLane {
  const lane = document.createElement('section');
  lane.className = 'lane';
  const heading = document.createElement('h2');
  heading.textContent = name;
  const head = document.createElement('div');
  head.className = 'lane-head';
  head.append(heading);
  lane.append(head);
  const count = (label: string): ((text: string) => void) => {
    const item = document.createElement('span');
    const number = document.createElement('b');
    number.textContent = '–';
    item.append(`${label} `, number);
    head.append(item);
    return (text) => {
      number.textContent = text;
    };
  };
  const showRequests = count(texts.raceRequests);
  const showVain = countsVain ? count(texts.raceWasted) : () => {};
  const showEvents = count(texts.raceEvents);
  const showDelay = count(texts.raceDelay);

  const track = document.createElementNS(SVG, 'svg');
  track.setAttribute('class', 'track');
  track.setAttribute('viewBox', `0 0 ${WIDTH} 46`);
  track.setAttribute('preserveAspectRatio', 'none');
  track.setAttribute('aria-hidden', 'true');
  lane.append(track);
  parent.append(lane);

  let originMs = nowMs();
  let requests = 0;
  let vain = 0;
  let events = 0;
  let delaySumMs = 0;
  const x = (timeMs: number): number => Math.min(WIDTH, Math.max(0, ((timeMs - originMs) / (seconds * 1000)) * WIDTH));

  function mark(kind: string, path: string): Element {
    const element = document.createElementNS(SVG, 'path');
    element.setAttribute('class', kind);
    element.setAttribute('d', path);
    element.setAttribute('vector-effect', 'non-scaling-stroke');
    track.append(element);
    if (track.childElementCount > MAX_MARKS) track.children[1]!.remove();
    return element;
  }
  /** Ticks of requests without an answer so far, oldest first. */
  const unanswered: Element[] = [];
  const answered = (how: '' | 'vain' | 'failed'): void => unanswered.shift()?.setAttribute('class', `tick ${how}`);

  function drawNews({ at }: News): void {
    const now = nowMs();
    events += 1;
    delaySumMs += now - at;
    mark('wait', `M${x(at)} ${GROUND_Y - 9}H${x(now)}`);
    mark('arrival', `M${x(now)} ${GROUND_Y - 18}V${GROUND_Y}`);
  }

  mark('ground', `M0 ${GROUND_Y}H${WIDTH}`);
  return {
    begin(startedAt) {
      originMs = startedAt;
    },
    request() {
      requests += 1;
      showRequests(String(requests));
      unanswered.push(mark('tick', `M${x(nowMs())} ${GROUND_Y + 6}v12`));
    },
    received(news) {
      if (news.length === 0) vain += 1;
      showVain(String(vain));
      answered(news.length === 0 ? 'vain' : '');
      for (const item of news) drawNews(item);
      showEvents(String(events));
      if (events > 0) showDelay(`${(delaySumMs / events).toFixed(delaySumMs / events < 10 ? 1 : 0)} ms`);
    },
    failed: () => answered('failed'),
  };
}
