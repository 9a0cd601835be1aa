import { remembered } from '../remembered.ts';

/** Names under which servers write when something happened. */
export const STAMP_NAME =
  /^(at|ts|time|timestamp|date|created|sent|emitted|published|server_?time|.*(_at|At|_ts|Timestamp))$/;
/** The same when somebody said which name it is; null: nobody did. */
export const stampNames = (name: string | null): RegExp => (name === null ? STAMP_NAME : exactly(name));

const exactly = (name: string): RegExp => new RegExp(`^${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);

/** Whether a field of that name holds a stamp. The same few names come with every message. */
export const isStampName = (names: RegExp, name: string): boolean =>
  names === STAMP_NAME ? isUsual(name) : names.test(name);
const isUsual = remembered((name) => STAMP_NAME.test(name));

/** A stamp is believed within a day of its receipt; anything else is another kind of number. */
const DAY_MS = 86_400_000;
/** Epoch seconds, milliseconds, microseconds or an ISO date, if it lies within a day of `near`. */
export function epochMs(field: unknown, near: number): number | null {
  if (typeof field === 'number')
    return believed(field, near) ?? believed(field * 1000, near) ?? believed(field / 1000, near);
  return typeof field === 'string' && ISO_DATE.test(field) ? believed(Date.parse(field), near) : null;
}

const ISO_DATE = /^\d{4}-\d\d-\d\dT/;
const believed = (ms: number, near: number): number | null => (Math.abs(ms - near) < DAY_MS ? ms : null);
