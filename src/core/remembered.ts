/** Texts remembered at a time: far more than names or types a page has, and bounded for one that makes them up. */
const MOST = 2000;

/** A function of a text that is asked for few texts again and again, and remembers what it said. */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let said = known.get(text);
    if (said === undefined && !known.has(text)) {
      said = of(text);
      if (known.size >= MOST) known.clear();
      known.set(text, said);
    }
    return said as T;
  };
}
