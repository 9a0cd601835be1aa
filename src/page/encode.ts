import type { WireEvent } from '../protocol.ts';
import { NativeFloat64Array } from './natives.ts';

const NULL = Number.NaN;

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

/** Puts events one after another, in the form in which they travel. `fields`: how many there are in all. */
export function createEncoding(fields: number) {
  const numbers = new NativeFloat64Array(fields);
  let at = 0;
  let text = '';
  return {
    add(event: WireEvent): void {
      for (let i = 0; i < event.length; i++) {
        const field = event[i];
        if (typeof field === 'string') {
          numbers[at++] = field.length;
          text += field;
        } else numbers[at++] = typeof field === 'number' ? field : field === null ? NULL : field ? 1 : 0;
      }
    },
    result: (): { numbers: Float64Array; text: string } => ({ numbers, text }),
  };
}
