import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

test('a later patch of EventTarget.prototype sees each EventSource call once, as natively', async () => {
  const { result, events } = await compare(async () => {
    const calls: unknown[] = [];
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: never[]) {
      if (this instanceof EventSource) calls.push(['add', args[0], args.length, typeof args[1]]);
      return Reflect.apply(addEventListener, this, args);
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget, ...args: never[]) {
      if (this instanceof EventSource) calls.push(['remove', args[0]]);
      return Reflect.apply(removeEventListener, this, args);
    };
    const source = new EventSource('/sse');
    const gone = () => {};
    source.addEventListener('news', gone);
    source.removeEventListener('news', gone);
    const ids: string[] = [];
    await new Promise<void>((resolve) => {
      source.addEventListener(
        'news',
        { handleEvent: ({ lastEventId }: MessageEvent) => void (ids.push(lastEventId) === 2 && resolve()) } as never,
        { passive: true },
      );
    });
    source.close();
    return { calls, ids };
  });
  expect(result).toEqual({
    calls: [
      ['add', 'news', 2, 'function'],
      ['remove', 'news'],
      ['add', 'news', 3, 'object'],
    ],
    ids: ['2', '3'],
  });
  expect(events.flatMap((event) => (event.kind === 'message' ? [[event.type, event.lastEventId]] : []))).toEqual([
    ['message', '1'],
    ['news', '2'],
    ['news', '3'],
  ]);
});

test('the arguments of addEventListener are read once and in the native order', async () => {
  const { result } = await compare(() => {
    const reads: string[] = [];
    const source = new EventSource('/never');
    const type = {
      toString() {
        reads.push('type');
        return 'news';
      },
    };
    const options = {
      get capture() {
        return void reads.push('capture');
      },
      get once() {
        return void reads.push('once');
      },
      get signal() {
        return void reads.push('signal');
      },
    };
    source.addEventListener(type as never, () => {}, options);
    const returned = source.addEventListener('x', () => {});
    source.close();
    return { reads, returned: returned === undefined };
  });
  expect(result.reads[0]).toBe('type');
  expect(result.returned).toBe(true);
});

test('addEventListener borrowed across frames works on both frames’ objects and keeps its realm', async () => {
  const { result } = await compare(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const other = frame.contentWindow as Window & typeof globalThis;
    const seen: unknown[] = [];
    const source = new EventSource('/sse?once');
    const theirs = new other.EventSource('/sse?once');
    const both = [
      new Promise((resolve) => other.EventSource.prototype.addEventListener.call(source, 'message', resolve)),
      new Promise((resolve) => EventSource.prototype.addEventListener.call(theirs, 'message', resolve)),
      new Promise((resolve) => other.EventTarget.prototype.addEventListener.call(source, 'open', resolve)),
    ] as Promise<Event>[];
    for (const event of await Promise.all(both))
      seen.push([event.type, event instanceof Event, event instanceof other.Event]);
    for (const make of [
      () => other.EventSource.prototype.addEventListener.call({} as never, 'x', () => {}),
      () => new other.WebSocket('http://['),
      () => (other.WebSocket as never as () => void)(),
    ]) {
      try {
        make();
      } catch (error) {
        seen.push([error instanceof other.TypeError, error instanceof other.DOMException, error instanceof TypeError]);
      }
    }
    seen.push(other.fetch('http://').catch((error) => error instanceof other.TypeError) instanceof other.Promise);
    source.close();
    theirs.close();
    return seen;
  });
  expect(result).toHaveLength(7);
});
