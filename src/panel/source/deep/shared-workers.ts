import type { Attachment } from './attachment.ts';

/** Nothing tells an extension of a new shared worker; it has to look. One look takes some milliseconds. */
const LOOK_MS = 250;
/** The browser lists service workers with shared ones. Those of the tab are attached to with its frames. */
const SERVICE_WORKER_TITLE = /^Service Worker /;

/**
 * Attaches to shared workers of the given origins: they belong to no tab, and so to all that may use them. What one of them did
 * before it was found is not seen. Returns how to stop looking.
 */
export function watchSharedWorkers(attachment: Attachment, origins: () => ReadonlySet<string>): () => void {
  const attached = new Map<string, string>();
  let isLooking = false;
  let isOver = false;

  async function look(): Promise<void> {
    const targets = await chrome.debugger.getTargets();
    const wanted = origins();
    const isWanted = (url: string) => wanted.has(originOfWorker(url));
    for (const [id, url] of attached) {
      if (isWanted(url) && targets.some((target) => target.id === id)) continue;
      attached.delete(id);
      attachment.detachShared(id);
    }
    for (const { id, type, url, title } of targets) {
      if (isOver || type !== 'worker' || attached.has(id) || SERVICE_WORKER_TITLE.test(title) || !isWanted(url))
        continue;
      // Where another DevTools has it, its turn comes when that closes.
      const isAttached = await attachment.attachShared(id, url).then(
        () => true,
        () => false,
      );
      if (isAttached && isOver) attachment.detachShared(id);
      else if (isAttached) attached.set(id, url);
    }
  }
  const looking = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await look().catch(() => {});
    isLooking = false;
  }, LOOK_MS);
  return () => {
    isOver = true;
    clearInterval(looking);
  };
}

/** Of a blob: URL that of its maker; '' where there is none to compare. */
export function originOfWorker(url: string): string {
  const origin = URL.canParse(url) ? new URL(url).origin : 'null';
  return origin === 'null' ? '' : origin;
}
