/** Server time in epoch milliseconds with fractions. Anchored once and then monotonic: never steps when the wall clock is set. */
export const nowMs = (): number => performance.timeOrigin + performance.now();
