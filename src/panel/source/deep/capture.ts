import { type NetworkEntry, type PageDocument, WORKER_FRAME_ID } from '../../../core/model.ts';
import type { Wanted } from '../../../protocol.ts';
import type { FrameListener } from '../frames.ts';
import { type AttachedWorker, type Attachment, attachDebugger } from './attachment.ts';
import { createHeads } from './heads.ts';
import { originOfWorker, watchSharedWorkers } from './shared-workers.ts';
import { createWorkerReader } from './worker.ts';

/** `unavailable`: this build has no permission for it, and none can be asked for; `cancelled`: by the user, in the browser's own bar. */
export type DeepState = 'unavailable' | 'off' | 'on' | 'cancelled' | 'failed';

export interface DeepListener extends FrameListener {
  onEntry(entry: NetworkEntry): void;
  onOpen(entry: NetworkEntry): void;
  onState(): void;
  wanted(): Wanted;
  /** Documents of the tab: shared workers of their origins are captured too. */
  documents(): Iterable<PageDocument>;
}

/** Sees by the browser's debugger what no hook and no network log tells of workers: their messages as they come, shared workers at all. */
export interface DeepCapture {
  readonly state: DeepState;
  /** Workers that are there now, each as a document of its own. */
  readonly workers: Iterable<PageDocument>;
  /** Adds to an entry of the network log what it lacks of a worker's request. */
  complete(entry: NetworkEntry): void;
  start(): void;
  stop(): void;
}

export function createDeepCapture(tabId: number, listener: DeepListener): DeepCapture {
  const workers = new Map<string, { document: PageDocument; read: (method: string, event: unknown) => void }>();
  const heads = createHeads();
  // Chromium gives no extension the debugger later than at its installation: there is nothing to ask for.
  let state: DeepState = chrome.debugger === undefined ? 'unavailable' : 'off';
  /** Of the run that is on; a late answer to an earlier one finds another. */
  let run: { close(): void } | null = null;

  function become(next: DeepState): void {
    state = next;
    listener.onState();
  }
  function addWorker({ key, url, session, isShared }: AttachedWorker): void {
    const document = { key, frameId: WORKER_FRAME_ID, url };
    const { onEntry, onOpen, wanted } = listener;
    const onBatch: Parameters<typeof createWorkerReader>[1]['onBatch'] = (batch) => listener.onBatch(key, batch, 0);
    const command = (method: string, params: object) => chrome.debugger.sendCommand(session, method, { ...params });
    const read = createWorkerReader(isShared, { onBatch, onEntry, onOpen }, { wanted, command });
    workers.set(key, { document, read });
    listener.onDocument(document, Date.now());
  }
  function end(next: DeepState): void {
    const ended = run;
    run = null;
    ended?.close();
    become(next);
  }
  const origins = () => {
    const all = [...listener.documents()].filter(({ frameId }) => frameId !== WORKER_FRAME_ID);
    return new Set(all.map(({ url }) => originOfWorker(url)).filter((origin) => origin !== ''));
  };

  async function open(): Promise<void> {
    const mine = { close: () => {} };
    run = mine;
    become('on');
    let attachment: Attachment;
    try {
      attachment = await attachDebugger(tabId, {
        onWorker: addWorker,
        onEvent(key, method, params) {
          heads.take(key !== null, method, params);
          if (key !== null) workers.get(key)?.read(method, params);
        },
        onGone(key) {
          workers.delete(key);
          listener.onGone(key);
        },
        onEnded: (byUser) => run === mine && end(byUser ? 'cancelled' : 'off'),
      });
    } catch {
      if (run === mine) end('failed');
      return;
    }
    if (run !== mine) return attachment.close();
    const stopLooking = watchSharedWorkers(attachment, origins);
    mine.close = () => {
      stopLooking();
      attachment.close();
    };
  }

  return {
    get state() {
      return state;
    },
    get workers() {
      return [...workers.values()].map(({ document }) => document);
    },
    complete: heads.complete,
    start() {
      if (state !== 'unavailable' && run === null) void open();
    },
    stop() {
      if (state !== 'unavailable' && state !== 'off') end('off');
    },
  };
}
