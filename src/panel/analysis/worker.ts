import { createAnalyst } from './analyst.ts';
import type { Answer, Order } from './messages.ts';

const analyst = createAnalyst();
let isAwake = false;

/** One piece at a time: what arrives in between comes first. */
function work(): void {
  isAwake = analyst.step((answer: Answer) => postMessage(answer));
  if (isAwake) setTimeout(work, 0);
}

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  analyst.take(data);
  if (isAwake) return;
  isAwake = true;
  setTimeout(work, 0);
});
