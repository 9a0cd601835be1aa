import { REQUEST_TEXT_CHARS } from '../../../protocol.ts';

type Session = chrome.debugger.DebuggerSession;
type Debuggee = chrome.debugger.Debuggee;

/** A worker that the debugger is attached to. `key` is unique; `session` is where commands to it go. */
export interface AttachedWorker {
  key: string;
  url: string;
  session: Session;
  /** Whether it was attached to by itself, because it belongs to no tab. */
  isShared: boolean;
}

export interface AttachmentListener {
  onWorker(worker: AttachedWorker): void;
  /** An event of the worker `key`, or (null) of the page or a frame. */
  onEvent(key: string | null, method: string, params: object): void;
  onGone(key: string): void;
  /** The browser ended it; `byUser`: in the bar that says that the browser is being debugged. */
  onEnded(byUser: boolean): void;
}

export interface Attachment {
  /** Attaches to a worker that belongs to no tab. Rejects when it is gone, or another DevTools has it. */
  attachShared(targetId: string, url: string): Promise<void>;
  detachShared(targetId: string): void;
  close(): void;
}

/** What a child of a target is attached to with; it waits until it is told to run, so that nothing of it is missed. */
const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
/** Of the page's own requests nothing is kept. */
const NO_BODIES = { maxTotalBufferSize: 0, maxResourceBufferSize: 0 };
const PROTOCOL = '1.3';
const WORKER_TYPES = ['worker', 'shared_worker', 'service_worker'];

interface AttachedToTarget {
  sessionId: string;
  targetInfo: { targetId: string; type: string; url: string };
}

/**
 * Attaches the browser's debugger to a tab, its frames in other processes, and all workers of these.
 * @throws the browser's own error when it does not let the tab be debugged
 */
export async function attachDebugger(tabId: number, listener: AttachmentListener): Promise<Attachment> {
  const tab = { tabId };
  /** Worker keys by session, or by target for those attached to by themselves. */
  const keys = new Map<string, string>();
  const shared = new Set<string>();

  const isOurs = ({ tabId: id, targetId }: Session) => id === tabId || (targetId !== undefined && shared.has(targetId));
  const ask = (session: Session, method: string, params: object = {}): void =>
    // It may be gone by now, which is told by another event.
    void chrome.debugger.sendCommand(session, method, { ...params }).catch(() => {});

  /** All at once: a service worker about to start answers none of these before the last. */
  function begin(session: Session, isWorker: boolean): void {
    ask(session, 'Network.enable', isWorker ? { maxPostDataSize: REQUEST_TEXT_CHARS } : NO_BODIES);
    ask(session, 'Target.setAutoAttach', AUTO_ATTACH);
    ask(session, 'Runtime.runIfWaitingForDebugger');
  }
  function addWorker(id: string, key: string, worker: Omit<AttachedWorker, 'key'>): void {
    keys.set(id, key);
    listener.onWorker({ key, ...worker });
  }
  function lose(id: string): void {
    const key = keys.get(id);
    keys.delete(id);
    if (key !== undefined) listener.onGone(key);
  }

  const onEvent = (source: Session, method: string, params?: object): void => {
    if (!isOurs(source)) return;
    if (method === 'Target.attachedToTarget') {
      const { sessionId, targetInfo } = params as AttachedToTarget;
      const session = { ...source, sessionId };
      const isWorker = WORKER_TYPES.includes(targetInfo.type);
      if (isWorker)
        addWorker(sessionId, `worker ${targetInfo.targetId}`, { url: targetInfo.url, session, isShared: false });
      begin(session, isWorker);
    } else if (method === 'Target.detachedFromTarget') lose((params as AttachedToTarget).sessionId);
    else listener.onEvent(keys.get(source.sessionId ?? source.targetId ?? '') ?? null, method, params ?? {});
  };
  const onDetach = (source: Debuggee, reason: `${chrome.debugger.DetachReason}`): void => {
    if (source.targetId !== undefined && shared.delete(source.targetId)) lose(source.targetId);
    if (source.tabId !== tabId) return;
    attachment.close();
    listener.onEnded(reason === 'canceled_by_user');
  };

  const attachment: Attachment = {
    async attachShared(targetId, url) {
      await chrome.debugger.attach({ targetId }, PROTOCOL);
      shared.add(targetId);
      const session = { targetId };
      addWorker(targetId, `worker ${targetId}`, { url, session, isShared: true });
      begin(session, true);
    },
    detachShared(targetId) {
      if (!shared.delete(targetId)) return;
      lose(targetId);
      chrome.debugger.detach({ targetId }).catch(() => {});
    },
    close() {
      chrome.debugger.onEvent.removeListener(onEvent);
      chrome.debugger.onDetach.removeListener(onDetach);
      chrome.debugger.detach(tab).catch(() => {});
      for (const targetId of [...shared]) attachment.detachShared(targetId);
      for (const id of [...keys.keys()]) lose(id);
    },
  };
  await attachTo(tab);
  chrome.debugger.onEvent.addListener(onEvent);
  chrome.debugger.onDetach.addListener(onDetach);
  begin(tab, false);
  return attachment;
}

/** A DevTools that crashed leaves its debugger behind, which only this extension can take away. */
async function attachTo(tab: Debuggee): Promise<void> {
  try {
    await chrome.debugger.attach(tab, PROTOCOL);
  } catch (error) {
    await chrome.debugger.detach(tab).catch(() => {
      throw error;
    });
    await chrome.debugger.attach(tab, PROTOCOL);
  }
}
