import { effect, signal } from '@preact/signals';
import type { Advice } from '../../core/advise/rules.ts';
import type { Finding } from '../../core/health/checks.ts';
import type { ChannelReport } from '../../core/session/report.ts';
import type { Log } from '../../core/state.ts';
import type { Store } from '../store.ts';
import { gather } from './gather.ts';
import type { Answer, Order, WhatIfSettings, WhatIfTable } from './messages.ts';

/** Advice is read, not watched. */
const REFRESH_MS = 2000;
/** Gathering facts may take this share of the panel's time: a long recording is looked at less often. */
const BUSY_SHARE = 0.02;

export type Analysis = ReturnType<typeof createAnalysis>;

const analyses = new WeakMap<Store, Analysis>();

/** The analysis of a panel: one, made when it is first looked at. */
export function analysisOf(store: Store): Analysis {
  const analysis = analyses.get(store) ?? createAnalysis(store);
  analyses.set(store, analysis);
  return analysis;
}

/** Advice, health and what-if of what is on screen, worked out in a worker while a view watches. */
function createAnalysis(store: Store) {
  const findings = signal<readonly Finding[]>([]);
  const advice = signal<ReadonlyMap<number, readonly Advice[]>>(new Map());
  /** `table` null: nothing can be said of that channel. */
  const answer = signal<{ channelId: number; table: WhatIfTable | null } | null>(null);
  /** Everything was looked at once; before that, nothing found means nothing. */
  const isReady = signal(false);
  const hasFailed = signal(false);
  let wanted: Extract<Order, { kind: 'what-if' }> | null = null;
  let reports: readonly ChannelReport[] = [];
  let worker: Worker | null = null;
  let isWorking = false;
  let sentBeat = -1;
  let sentLog: Log | null = null;
  let sentPrints = new Map<number, string>();
  let nextAt = 0;
  let timer = 0;
  let watchers = 0;
  let stopFollowing = (): void => {};

  function onAnswer({ data }: MessageEvent<Answer>): void {
    if (data.kind === 'health') findings.value = data.findings;
    else if (data.kind === 'advice') advice.value = new Map(advice.peek()).set(data.channelId, data.advice);
    else if (data.kind === 'what-if') answer.value = data;
    else {
      isReady.value = true;
      isWorking = false;
      plan();
    }
  }

  function order(it: Order): void {
    if (worker === null) {
      worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
      worker.addEventListener('message', onAnswer);
      worker.addEventListener('error', () => {
        hasFailed.value = true;
      });
    }
    worker.postMessage(it);
  }

  /** Sends the session as it is now, when the worker is done with the last one and enough time has passed. */
  function plan(): void {
    if (watchers === 0 || timer !== 0) return;
    if (store.log === sentLog && (isWorking || store.beat.peek() === sentBeat)) return;
    const waitMs = store.log === sentLog ? Math.max(nextAt - performance.now(), 0) : 0;
    timer = window.setTimeout(() => requestIdleCallback(send, { timeout: REFRESH_MS }), waitMs);
  }

  function send(): void {
    timer = 0;
    if (watchers === 0) return;
    const { log } = store;
    if (log !== sentLog) {
      findings.value = [];
      advice.value = new Map();
      answer.value = null;
      isReady.value = false;
      sentPrints = new Map();
      // What the worker knows is of another log.
      worker?.terminate();
      worker = null;
    }
    sentBeat = store.beat.peek();
    sentLog = log;
    isWorking = true;
    const steps = gather(log, sentPrints, order);
    let busyMs = 0;
    const step = (): void => {
      // A log that was put away meanwhile is no longer of interest.
      if (store.log !== log) {
        isWorking = false;
        plan();
        return;
      }
      const began = performance.now();
      const isDone = steps.next().done === true;
      busyMs += performance.now() - began;
      if (!isDone) {
        requestIdleCallback(step, { timeout: REFRESH_MS });
        return;
      }
      reports = store.channels.peek();
      if (wanted !== null) order(wanted);
      nextAt = performance.now() + Math.max(REFRESH_MS, busyMs / BUSY_SHARE);
    };
    step();
  }

  return {
    findings,
    advice,
    answer,
    /** Of the channels as they stood when the session was last taken: what the figures are to be compared with. */
    get reports(): readonly ChannelReport[] {
      return reports;
    },
    isReady,
    hasFailed,
    /** Keeps all of it up to date until the returned function is called. */
    watch: (): (() => void) => {
      watchers++;
      if (watchers === 1)
        stopFollowing = effect(() => {
          store.beat.value;
          plan();
        });
      return () => {
        watchers--;
        if (watchers === 0) stopFollowing();
      };
    },
    /** Asks for the what-if of a channel, now and with each new session; null: of none. */
    ask: (channelId: number | null, settings: WhatIfSettings): void => {
      wanted = channelId === null ? null : { kind: 'what-if', channelId, settings };
      if (wanted !== null && sentLog !== null) order(wanted);
    },
  };
}
