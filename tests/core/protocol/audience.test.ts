import { expect, it } from 'vitest';
import { type Order, WANTED_BY_DEFAULT, WINDOW_BATCHES, type WireBatch } from '../../../src/protocol.ts';
import { createAudience } from '../../../src/relay/audience.ts';
import { wireBatch } from './wire.ts';

const START: Order = { order: 'start', wanted: WANTED_BY_DEFAULT };
const batch = (events: number, dropped = 0): WireBatch =>
  wireBatch(
    Array.from({ length: events }, (_, i) => ['reconnecting', i, 1]),
    { dropped },
  );

/** A page that sends whenever its window has room, and recorders that note what they got. */
function stage() {
  const orders: Order[] = [];
  const audience = createAudience((order) => orders.push(order));
  const recorder = () => {
    const got = { batches: 0, events: 0, dropped: 0 };
    const listener = audience.join(({ count, dropped }) => {
      got.batches++;
      got.events += count;
      got.dropped += dropped;
    });
    return { ...listener, got, ack: (batches: number) => listener.order({ order: 'ack', batches }) };
  };
  const acknowledged = () => orders.reduce((sum, order) => sum + (order.order === 'ack' ? order.batches : 0), 0);
  return { audience, orders, recorder, acknowledged };
}

it('a page is told to start when the first recorder listens, and to stop when the last one leaves', () => {
  const { orders, recorder } = stage();
  const [one, two] = [recorder(), recorder()];
  expect(orders).toEqual([]);
  one.order(START);
  two.order(START);
  one.leave();
  expect(orders.every(({ order }) => order === 'start')).toBe(true);
  two.order({ order: 'stop' });
  expect(orders.at(-1)).toEqual({ order: 'stop' });
});

it('the page sends what the most demanding recorder wants', () => {
  const { orders, recorder } = stage();
  const [one, two] = [recorder(), recorder()];
  one.order({ order: 'start', wanted: { textChars: 10, binaryBytes: 2000, stacks: false } });
  two.order({ order: 'start', wanted: { textChars: 500, binaryBytes: 0, stacks: true } });
  expect(orders.at(-1)).toEqual({ order: 'start', wanted: { textChars: 500, binaryBytes: 2000, stacks: true } });
  two.leave();
  expect(orders.at(-1)).toEqual({ order: 'start', wanted: { textChars: 10, binaryBytes: 2000, stacks: false } });
});

it('a recorder that does not listen yet gets nothing', () => {
  const { audience, recorder } = stage();
  const [one, two] = [recorder(), recorder()];
  one.order(START);
  audience.hear(batch(3));
  expect([one.got.events, two.got.events]).toEqual([3, 0]);
});

it('one recorder: the page hears exactly its acknowledgements', () => {
  const { audience, recorder, acknowledged } = stage();
  const one = recorder();
  one.order(START);
  for (let i = 0; i < 40; i++) audience.hear(batch(1));
  expect(acknowledged()).toBe(0);
  one.ack(16);
  one.ack(16);
  expect(acknowledged()).toBe(32);
});

it('two recorders: one that stops holds up neither the other nor the page, and learns what it lost', () => {
  const { audience, recorder, acknowledged } = stage();
  const [quick, stuck] = [recorder(), recorder()];
  quick.order(START);
  stuck.order(START);
  const sent = 5 * WINDOW_BATCHES;
  for (let i = 0; i < sent; i++) {
    audience.hear(batch(10, i === sent - 1 ? 7 : 0));
    quick.ack(1);
  }
  expect(acknowledged()).toBe(sent);
  expect(quick.got).toEqual({ batches: sent, events: 10 * sent, dropped: 7 });
  expect(stuck.got.batches).toBeLessThan(sent);
  // It comes round: without any further batch of the page all is accounted for.
  stuck.ack(stuck.got.batches);
  expect(stuck.got.events + stuck.got.dropped).toBe(10 * sent + 7);
});

it('a recorder that leaves without a word frees the page', () => {
  const { audience, recorder, acknowledged } = stage();
  const [quick, stuck] = [recorder(), recorder()];
  stuck.order(START);
  for (let i = 0; i < WINDOW_BATCHES; i++) audience.hear(batch(1));
  quick.order(START);
  stuck.leave();
  expect(acknowledged()).toBe(WINDOW_BATCHES);
});

it('what is no batch of ours goes nowhere and is acknowledged', () => {
  const { audience, recorder, acknowledged } = stage();
  const one = recorder();
  one.order(START);
  audience.hear(null);
  expect(one.got.batches).toBe(0);
  expect(acknowledged()).toBe(1);
});

it('a port that takes nothing any more breaks nothing', () => {
  const { audience } = stage();
  const gone = audience.join(() => {
    throw new Error('Extension context invalidated.');
  });
  gone.order(START);
  expect(() => audience.hear(batch(1))).not.toThrow();
});
