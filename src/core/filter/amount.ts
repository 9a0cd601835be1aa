/** `<2s`, `>=50%`, `=100`: an operator and an amount. */
export interface Comparison {
  holds(amount: number): boolean;
}

/** Without an operator an amount is met when it is this near, as a share of it. */
const NEAR = 0.1;

const TIMES = new Map(Object.entries({ '': 1, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 }));
const SHARES = new Map(Object.entries({ '': 0.01, '%': 0.01 }));
/** SI, as DevTools writes sizes. */
const SIZES = new Map(Object.entries({ '': 1, b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9 }));

/** `<2s` in ms; a bare number is ms. null: not understood. */
export const timeComparison = (text: string): Comparison | null => compare(text, TIMES);

/** `>50%` as a share of 1; a bare number is percent. null: not understood. */
export const shareComparison = (text: string): Comparison | null => compare(text, SHARES);

/** `100`, `10k`, `1.5MB` in bytes. null: not understood. */
export function sizeOf(text: string): number | null {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(text) ?? [];
  const factor = SIZES.get(unit.toLowerCase());
  return digits === undefined || factor === undefined ? null : Number(digits) * factor;
}

function compare(text: string, units: ReadonlyMap<string, number>): Comparison | null {
  const [, operator = '', digits, unit = ''] = /^([<>]=?|=)?(\d+(?:\.\d+)?)\s*([a-z%]*)$/i.exec(text) ?? [];
  const factor = units.get(unit.toLowerCase());
  if (digits === undefined || factor === undefined) return null;
  const limit = Number(digits) * factor;
  switch (operator) {
    case '<':
      return { holds: (amount) => amount < limit };
    case '<=':
      return { holds: (amount) => amount <= limit };
    case '>':
      return { holds: (amount) => amount > limit };
    case '>=':
      return { holds: (amount) => amount >= limit };
    default:
      return { holds: (amount) => Math.abs(amount - limit) <= NEAR * limit };
  }
}
