import { utf8Bytes } from '../../core/utf8.ts';
import { type Batch, type PageEvent, type Unfinished, WHOLE_TEXT } from '../../protocol.ts';

/** Responses under way that are remembered; a page that opens more only loses the text of the oldest. */
const MAX_RESPONSES = 1000;

/**
 * Does for one document what its page left to us: measures messages, decodes what was read of streams, and takes our own
 * frames out of stacks, all in the events as they are. Batches must come in their order, as a character may be split between two.
 */
export function createFinisher(): (batch: Batch<Unfinished>) => Batch {
  const charsets = new Map<number, string>();
  const decoders = new Map<number, TextDecoder>();

  function textOf(id: number, text: string | Uint8Array | null): string | null {
    if (text instanceof Uint8Array) {
      const decoder = decoders.get(id) ?? remember(decoders, id, decoderFor(charsets.get(id)));
      return decoder.decode(text, { stream: true });
    }
    // What follows a gap begins anew.
    if (text === null) decoders.delete(id);
    return text;
  }

  function finish(event: Unfinished): PageEvent {
    switch (event.kind) {
      case 'response': {
        const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(event.contentType ?? '')?.[1];
        if (charset !== undefined) remember(charsets, event.id, charset);
        return event;
      }
      case 'chunk':
        event.text = textOf(event.id, event.text);
        return event as PageEvent;
      case 'end':
        charsets.delete(event.id);
        decoders.delete(event.id);
        return event;
      case 'message':
        if (event.payloadBytes === WHOLE_TEXT) event.payloadBytes = utf8Bytes(event.text ?? '');
        return event;
      case 'request':
      case 'connect':
        if (event.stack !== null) event.stack = withoutOurs(event.stack);
        return event;
      default:
        return event;
    }
  }

  return (batch) => {
    if (batch.dropped > 0) decoders.clear();
    return { ...batch, events: batch.events.map(finish) };
  };
}

/** A charset the browser does not know is read as UTF-8, as the page would. */
function decoderFor(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** The page's own frames of a stack, one a line. */
const withoutOurs = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => !line.includes('chrome-extension://'))
    .slice(1)
    .map((line) => line.trim())
    .join('\n');

function remember<T>(map: Map<number, T>, id: number, value: T): T {
  if (map.size >= MAX_RESPONSES) map.delete(map.keys().next().value!);
  map.set(id, value);
  return value;
}
