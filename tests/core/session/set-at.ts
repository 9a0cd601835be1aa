/** A copy of JSON with another value at `place`, such as `request.headers.0.name`; undefined takes it out. */
export function setAt<T>(json: T, place: string, value: unknown): T {
  const copy = JSON.parse(JSON.stringify(json));
  const keys = place.split('.');
  const last = keys.pop()!;
  const owner = keys.reduce((inner, key) => inner[key], copy);
  if (value === undefined) delete owner[last];
  else owner[last] = value;
  return copy;
}
