import { TEXT_CHARS } from '../protocol.ts';
import { type AnyFunction, propertyOf } from './natives.ts';
import type { Outbox } from './outbox.ts';
import { textHead } from './payload.ts';

const NativeError = Error;
/** Firefox has it since version 138. */
const { captureStackTrace } = Error as { captureStackTrace?: (holder: object, above: AnyFunction) => void };

/**
 * Who called the hooked function, one frame a line, when the recorder asked for it. `hook` is our function that the browser
 * called: its frame and those above are left out, and take none of the frames that `Error.stackTraceLimit` allows.
 */
export function stackFor({ wanted }: Outbox, hook: AnyFunction): string | null {
  if (wanted === null || !wanted.stacks || captureStackTrace === undefined) return null;
  // A page that formats stacks itself would be asked to format ours.
  if (propertyOf(NativeError, 'prepareStackTrace') !== undefined) return null;
  // Of its own, or the browser would ask the page's prototypes for a name and a message.
  const holder = { __proto__: null, name: '', message: '', stack: '' };
  captureStackTrace(holder, hook);
  return textHead(holder.stack, TEXT_CHARS);
}
