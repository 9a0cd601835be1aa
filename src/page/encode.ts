import { BATCH_EVENTS, MAX_FIELD_BYTES, MAX_FIELDS, type WireBatch, type WireEvent, WORDS } from '../protocol.ts';
import { charCode, NativeArrayBuffer, NativeFloat64Array, NativeUint8Array, setAll } from './natives.ts';

/** No field of another length is looked up among the words, so that no payload is hashed. */
const LONGEST_WORD = 16;
/** How each of the words travels. */
const codes = { __proto__: null } as unknown as Record<string, number | undefined>;
for (let i = 0; i < WORDS.length; i++) codes[WORDS[i]!] = 2 * i + 2;

/** Looking at each character costs a tenth of all that a batch does; text is wide throughout or hardly at all. */
const LOOK_EVERY = 7;

/** Characters of an event's texts. */
export function textLength(event: WireEvent): number {
  let chars = 0;
  // No iterator: the page may have replaced it.
  for (let i = 0; i < event.length; i++) {
    const field = event[i];
    if (typeof field === 'string') chars += field.length;
  }
  return chars;
}

/** Puts events one after another, in the form in which they travel. Its memory is taken once: fresh memory costs more than all else. */
export function createEncoder() {
  let timesBuffer: ArrayBuffer | null = null;
  let fieldsBuffer: ArrayBuffer | null = null;
  let times: Float64Array | null = null;
  let fields: Uint8Array | null = null;
  let count = 0;
  let end = 0;
  let text = '';

  function put(into: Uint8Array, n: number): void {
    let rest = n;
    while (rest >= 128) {
      const low = rest % 128;
      into[end++] = low + 128;
      rest = (rest - low) / 128;
    }
    into[end++] = rest;
  }
  function putText(into: Uint8Array, field: string): void {
    const code = field.length <= LONGEST_WORD ? codes[field] : undefined;
    if (code !== undefined) return put(into, code);
    put(into, 2 * field.length + 1);
    text += field;
  }

  return {
    /** At most BATCH_EVENTS before they are taken. */
    add(event: WireEvent): void {
      timesBuffer ??= new NativeArrayBuffer(8 * BATCH_EVENTS);
      fieldsBuffer ??= new NativeArrayBuffer(BATCH_EVENTS * MAX_FIELDS * MAX_FIELD_BYTES);
      times ??= new NativeFloat64Array(timesBuffer);
      fields ??= new NativeUint8Array(fieldsBuffer);
      times[count++] = event[2];
      for (let i = 0; i < event.length; i++) {
        if (i === 2) continue;
        const field = event[i];
        if (typeof field === 'string') putText(fields, field);
        else put(fields, typeof field === 'number' ? field + 2 : field === null ? 0 : field ? 3 : 2);
      }
    },
    /** Whether the text that was added takes two bytes a character, as far as a look here and there tells. */
    isWide(): boolean {
      for (let i = 0; i < text.length; i += LOOK_EVERY) if (charCode(text, i) > 255) return true;
      return false;
    },
    /** What was added, in copies of just its size: whoever clones a view clones all that lies under it. */
    take(): Pick<WireBatch, 'times' | 'fields' | 'text'> {
      const taken = { times: new NativeFloat64Array(count), fields: new NativeUint8Array(end), text };
      if (timesBuffer !== null) setAll(taken.times, new NativeFloat64Array(timesBuffer, 0, count), 0);
      if (fieldsBuffer !== null) setAll(taken.fields, new NativeUint8Array(fieldsBuffer, 0, end), 0);
      count = 0;
      end = 0;
      text = '';
      return taken;
    },
    /** Gives the memory back. */
    free(): void {
      timesBuffer = null;
      fieldsBuffer = null;
      times = null;
      fields = null;
    },
  };
}
