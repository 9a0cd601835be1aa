import type { StreamMessage, StreamReader } from './message.ts';

const OPENING = /<script\b[^>]*>/i;
const CLOSING = '</script>';

/** A document that goes on growing (a "forever frame"): each script in it is one message, whose text is what it runs. */
export function readScripts(onMessage: (message: StreamMessage) => void): StreamReader {
  let rest = '';
  return {
    feed(piece) {
      const scripts = (rest + piece).split(CLOSING);
      rest = scripts.pop()!;
      for (const script of scripts) {
        const text = script.slice(script.search(OPENING)).replace(OPENING, '');
        onMessage({ type: 'text', text, lastEventId: '' });
      }
    },
  };
}
