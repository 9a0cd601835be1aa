import { aquil } from './aquil.ts';
import { bozdag } from './bozdag.ts';
import { deflate, hpack } from './compression.ts';
import type { Experiment } from './experiment.ts';
import { kaazing } from './kaazing.ts';
import { rfc6202 } from './rfc6202.ts';

export interface LabEntry {
  /** The prefix of its texts. */
  id: string;
  source: string;
  href: string;
  /** null: only a browser can run it; `pages/scripts/lab.ts` does. */
  run: Experiment | null;
}

/** The experiments of the lab page, each a few seconds long. */
export const LAB: readonly LabEntry[] = [
  {
    id: 'kaazing',
    source: 'Lubbers & Greco 2010',
    href: 'http://www.websocket.org/quantum.html',
    run: kaazing,
  },
  { id: 'rfc6202', source: 'RFC 6202 §2.2', href: 'https://www.rfc-editor.org/rfc/rfc6202#section-2.2', run: rfc6202 },
  { id: 'bozdag', source: 'Bozdag et al. 2007', href: 'https://doi.org/10.1109/WSE.2007.4380239', run: bozdag },
  {
    id: 'aquil',
    source: 'Aquil.io 2017',
    href: 'https://aquil.io/category/http/',
    run: aquil,
  },
  {
    id: 'deflate',
    source: 'RFC 7692 §7.2.3',
    href: 'https://www.rfc-editor.org/rfc/rfc7692#section-7.2.3',
    run: deflate,
  },
  { id: 'hpack', source: 'RFC 7541 C.4', href: 'https://www.rfc-editor.org/rfc/rfc7541#appendix-C.4', run: hpack },
  {
    id: 'eventSource',
    source: 'HTML §9.2.3',
    href: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#concept-event-stream-reconnection-time',
    run: null,
  },
];
