import { PROTOCOL_VERSION, type WireBatch } from '../../../src/protocol.ts';

/** A batch of these events as it travels; `more` overrides any of its parts. */
export function wireBatch(events: readonly (readonly unknown[])[], more: Partial<WireBatch> = {}): WireBatch {
  const fields = events.flat();
  const texts = fields.filter((field) => typeof field === 'string');
  return {
    v: PROTOCOL_VERSION,
    wallAt: 1e12,
    monoAt: 5,
    base: 'https://a.test/',
    dropped: 0,
    count: events.length,
    numbers: Float64Array.from(fields, numberOf),
    text: texts.join(''),
    bytes: null,
    ...more,
  };
}

function numberOf(field: unknown): number {
  if (typeof field === 'string') return field.length;
  return field === null ? Number.NaN : Number(field);
}
