import { LESSONS, type Lesson } from './diagrams.ts';
import type { Texts } from './text/en.ts';

interface Field {
  name: string;
  label: keyof Texts;
  /** `slider` has a number box and a logarithmic slider beside it. */
  kind: 'slider' | 'number' | 'flag';
  min?: number;
  max?: number;
  initial: number;
  /** The lessons it means something to; absent: all. The race has all. */
  only?: readonly Lesson[];
}

const STREAMS = ['sse', 'http-stream'] as const;
const WITH_NEWS = LESSONS.filter((lesson) => lesson !== 'beacon');
const SLIDERS: readonly Field[] = [
  { name: 'rate', label: 'setRate', kind: 'slider', min: 0.05, max: 50, initial: 1, only: WITH_NEWS },
  { name: 'interval', label: 'setInterval', kind: 'slider', min: 50, max: 20_000, initial: 1000, only: ['polling'] },
  {
    name: 'timeout',
    label: 'setTimeout',
    kind: 'slider',
    min: 100,
    max: 60_000,
    initial: 5000,
    only: ['long-polling'],
  },
  { name: 'delayUp', label: 'setDelayUp', kind: 'slider', min: 0, max: 2000, initial: 0 },
  { name: 'delayDown', label: 'setDelayDown', kind: 'slider', min: 0, max: 2000, initial: 0, only: WITH_NEWS },
  { name: 'payload', label: 'setPayload', kind: 'slider', min: 8, max: 1_048_576, initial: 100, only: WITH_NEWS },
];
const RACE_ONLY: readonly Field[] = [
  { name: 'seconds', label: 'setSeconds', kind: 'number', min: 2, max: 3600, initial: 20 },
  { name: 'seed', label: 'setSeed', kind: 'number', min: 0, max: 4_294_967_295, initial: 7 },
];
const FAULTS: readonly Field[] = [
  { name: 'jitter', label: 'setJitter', kind: 'number', min: 0, max: 60_000, initial: 0 },
  { name: 'dropEvery', label: 'setDropEvery', kind: 'number', min: 0, max: 3_600_000, initial: 0 },
  { name: 'errorRate', label: 'setErrorRate', kind: 'number', min: 0, max: 1, initial: 0 },
  { name: 'bufferFor', label: 'setBufferFor', kind: 'number', min: 0, max: 60_000, initial: 0, only: STREAMS },
  { name: 'resetAfter', label: 'setResetAfter', kind: 'number', min: 0, max: 1e9, initial: 0, only: WITH_NEWS },
  { name: 'readRate', label: 'setReadRate', kind: 'number', min: 0, max: 1e9, initial: 0 },
  {
    name: 'clockError',
    label: 'setClockError',
    kind: 'number',
    min: -86_400_000,
    max: 86_400_000,
    initial: 0,
    only: WITH_NEWS,
  },
  { name: 'refuseUpgrades', label: 'setRefuse', kind: 'flag', initial: 0, only: ['websocket'] },
  { name: 'storm', label: 'setStorm', kind: 'flag', initial: 0, only: ['sse'] },
];
const KINDS = { poisson: 'kindPoisson', regular: 'kindRegular', burst: 'kindBurst', chat: 'kindChat' } as const;

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function fieldHtml({ name, label, kind, min, max, initial }: Field, texts: Texts, params: URLSearchParams): string {
  const value = escapeHtml(params.get(name) ?? String(initial));
  if (kind === 'flag') {
    const checked = params.has(name) && params.get(name) !== '0' ? ' checked' : '';
    return `<label class="flag"><input type="checkbox" name="${name}" value="1"${checked}> ${texts[label]}</label>`;
  }
  const box = `<input type="number" id="${name}" name="${name}" min="${min}" max="${max}" step="any" value="${value}" required>`;
  const slider = `<input type="range" data-for="${name}" min="0" max="1000" aria-label="${texts[label]}">`;
  return `<div class="field"><label for="${name}">${texts[label]}</label>${box}${kind === 'slider' ? slider : ''}</div>`;
}

function kindHtml(texts: Texts, params: URLSearchParams): string {
  const options = Object.entries(KINDS).map(([kind, label]) => {
    const selected = params.get('kind') === kind ? ' selected' : '';
    return `<option value="${kind}"${selected}>${texts[label]}</option>`;
  });
  return `<div class="field"><label for="kind">${texts.setKind}</label><select id="kind" name="kind">${options.join('')}</select></div>`;
}

/** The controls of a run, with the values of the page's own query. Unset faults are sent as zero, which means none. */
export function settingsForm(texts: Texts, params: URLSearchParams, page: Lesson | 'race'): string {
  const isShown = ({ only }: Field) => page === 'race' || !only || only.includes(page);
  const html = (fields: readonly Field[]) =>
    fields
      .filter(isShown)
      .map((field) => fieldHtml(field, texts, params))
      .join('');
  const hasFault = FAULTS.some(({ name }) => !['0', null].includes(params.get(name)));
  return [
    `<div class="fields">${html(SLIDERS)}${page === 'beacon' ? '' : kindHtml(texts, params)}${page === 'race' ? html(RACE_ONLY) : ''}</div>`,
    `<details class="faults"${hasFault ? ' open' : ''}><summary>${texts.faults}</summary>`,
    `<div class="fields">${html(FAULTS)}</div></details>`,
  ].join('');
}
