import { effect, signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import { BINARY_BYTES, TEXT_CHARS } from '../protocol.ts';
import { LANGUAGES, type Language } from './words/t.ts';

export const TABS = ['overview', 'timeline', 'charts', 'messages', 'compare', 'advice', 'what-if'] as const;
export type Tab = (typeof TABS)[number];

/** What the user chose; kept in `storage.local`, shared by all panels. */
export interface Settings {
  language: Language | 'auto';
  theme: 'auto' | 'light' | 'dark';
  /** Time of day, seconds since the capture began, or ISO 8601 in UTC. */
  timeFormat: 'clock' | 'relative' | 'iso';
  /** Name of the field in which the server writes when an event happened; '' recognises the usual ones. */
  timestampField: string;
  /** Characters of a text and bytes of a binary payload that are recorded. */
  textChars: number;
  binaryBytes: number;
  /** Messages kept, and the content kept of them. */
  messages: number;
  contentMegabytes: number;
  /** Record where each request was made. Costs the page some microseconds a call. */
  stacks: boolean;
  preserveLog: boolean;
  tab: Tab;
  /** Columns of the channel table that are hidden, and the widths that were dragged, in CSS pixels. */
  hiddenColumns: string[];
  columnWidths: Record<string, number>;
  sort: { column: string; descending: boolean } | null;
  groupByFrame: boolean;
  /** Height of the timeline below the channel table, and width of the details beside it, in CSS pixels. */
  timelineHeight: number;
  /** Lanes of bars, or diagrams with the server's line above the page's. */
  timelineStyle: 'bars' | 'diagram';
  detailWidth: number;
  savedFilters: string[];
}

export const DEFAULTS: Settings = {
  language: 'auto',
  theme: 'auto',
  timeFormat: 'clock',
  timestampField: '',
  textChars: TEXT_CHARS,
  binaryBytes: BINARY_BYTES,
  messages: 1_000_000,
  contentMegabytes: 200,
  stacks: false,
  preserveLog: false,
  tab: 'overview',
  hiddenColumns: ['protocol', 'overhead'],
  columnWidths: {},
  sort: null,
  groupByFrame: false,
  timelineHeight: 240,
  timelineStyle: 'diagram',
  detailWidth: 380,
  savedFilters: [],
};

const KEY = 'settings';
const CHOICES: { [K in keyof Settings]?: readonly unknown[] } = {
  language: ['auto', ...LANGUAGES],
  theme: ['auto', 'light', 'dark'],
  timeFormat: ['clock', 'relative', 'iso'],
  tab: TABS,
  timelineStyle: ['bars', 'diagram'],
};

/** Bounds of what may be typed; beyond them the hooks or this machine would not follow. */
export const BOUNDS = {
  textChars: [0, 1_000_000],
  binaryBytes: [0, 1_000_000],
  messages: [1000, 5_000_000],
  contentMegabytes: [1, 2000],
} as const satisfies { [K in keyof Settings]?: readonly [number, number] };

/** The settings in what was stored; whatever is not of the right kind gets its default. */
export function readSettings(stored: unknown): Settings {
  const given: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const read = Object.entries(DEFAULTS).map(([key, preset]) => [
    key,
    fits(key, given[key], preset) ? given[key] : preset,
  ]);
  return Object.fromEntries(read) as Settings;
}

function fits(key: string, value: unknown, preset: unknown): boolean {
  const choices = CHOICES[key as keyof Settings];
  if (choices !== undefined) return choices.includes(value);
  if (key === 'sort')
    return (
      value === null || (isRecord(value) && typeof value.column === 'string' && typeof value.descending === 'boolean')
    );
  if (Array.isArray(preset)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (isRecord(preset)) return isRecord(value) && Object.values(value).every((n) => Number.isFinite(n));
  if (typeof preset === 'number') {
    const [low, high] = BOUNDS[key as keyof typeof BOUNDS] ?? [0, Infinity];
    return typeof value === 'number' && value >= low && value <= high;
  }
  return typeof value === typeof preset;
}

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);

export const settings = signal<Settings>(DEFAULTS);

/** Who wrote, and which of its writes it is: word of an earlier one of our own may come after a later one, and must not undo it. */
const WRITER = crypto.randomUUID();
let writes = 0;

/** Reads what is stored, and follows what other panels change. */
export async function loadSettings(): Promise<void> {
  settings.value = readSettings((await browser.storage.local.get(KEY))[KEY]);
  browser.storage.local.onChanged.addListener((changes) => {
    const change = changes[KEY];
    if (change === undefined) return;
    const { writer, write } = (change.newValue ?? {}) as { writer?: unknown; write?: unknown };
    if (writer === WRITER && write !== writes) return;
    const next = readSettings(change.newValue);
    if (JSON.stringify(next) !== JSON.stringify(settings.peek())) settings.value = next;
  });
}

export function changeSettings(part: Partial<Settings>): void {
  settings.value = { ...settings.peek(), ...part };
  void browser.storage.local.set({ [KEY]: { ...settings.peek(), writer: WRITER, write: ++writes } });
}

export const resetSettings = (): void => changeSettings(DEFAULTS);

/** Calls back now and whenever the chosen setting becomes another. */
export function onSetting<K extends keyof Settings>(key: K, follow: (value: Settings[K]) => void): () => void {
  let known: Settings[K] | undefined;
  return effect(() => {
    const value = settings.value[key];
    if (value === known) return;
    known = value;
    follow(value);
  });
}
