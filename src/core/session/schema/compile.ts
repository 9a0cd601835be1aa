/**
 * The part of JSON Schema 2020-12 that session.schema.json uses, compiled to closures: no `eval`, which the extension's
 * policy forbids, and some 30 ns a value, which a file of 100 MB needs.
 */
export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  required?: readonly string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
  prefixItems?: readonly Schema[];
  minItems?: number;
  minimum?: number;
  maximum?: number;
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  if?: Schema;
  then?: Schema;
}

/** Where a document breaks its schema. The path is built from the inside out, and only when something is wrong. */
export interface Violation {
  path: (string | number)[];
  message: string;
}

export type Check = (value: unknown) => Violation | null;

const CHECKED = new Set([
  ...['$schema', '$id', '$defs', '$ref', 'title', 'description', 'type', 'const', 'enum', 'required', 'properties'],
  ...['additionalProperties', 'items', 'prefixItems', 'minItems', 'minimum', 'maximum'],
  ...['anyOf', 'allOf', 'if', 'then'],
]);

/** @throws an Error for a keyword that is not checked: a schema must not promise more than is looked at */
export function compile(root: Schema): Check {
  const named = new Map<string, Check>();

  function resolve(reference: string): Check {
    const name = reference.replace('#/$defs/', '');
    // Looked up when it is called, so that definitions may refer to each other.
    if (!named.has(name)) {
      named.set(name, (value) => named.get(name)!(value));
      named.set(name, build(root.$defs![name]!));
    }
    return (value) => named.get(name)!(value);
  }

  function build(schema: Schema): Check {
    const unknown = Object.keys(schema).find((keyword) => !CHECKED.has(keyword));
    if (unknown !== undefined) throw new Error(`The schema uses "${unknown}", which nothing checks.`);
    if (schema.$ref !== undefined) return resolve(schema.$ref);
    const checks = [
      typeCheck(schema),
      valueCheck(schema),
      arrayCheck(schema, build),
      objectCheck(schema, build),
      ...(schema.allOf ?? []).map(build),
      ...(schema.anyOf === undefined ? [] : [anyOf(schema.anyOf.map(build))]),
      ...(schema.if === undefined || schema.then === undefined ? [] : [when(build(schema.if), build(schema.then))]),
    ].filter((check) => check !== null);
    return checks.length === 1 ? checks[0]! : (value) => firstOf(checks, value);
  }

  return build(root);
}

function firstOf(checks: readonly Check[], value: unknown): Violation | null {
  for (const check of checks) {
    const violation = check(value);
    if (violation !== null) return violation;
  }
  return null;
}

/** When none holds, the last one says why: `null or …` is the common case. */
function anyOf(checks: readonly Check[]): Check {
  return (value) => {
    let violation: Violation | null = null;
    for (const check of checks) {
      violation = check(value);
      if (violation === null) return null;
    }
    return violation;
  };
}

const when =
  (condition: Check, then: Check): Check =>
  (value) =>
    condition(value) === null ? then(value) : null;

const violation = (message: string): Violation => ({ path: [], message });

function typeCheck({ type }: Schema): Check | null {
  if (type === undefined) return null;
  const allowed = typeof type === 'string' ? [type] : type;
  const expected = `expected ${allowed.join(' or ')}`;
  const [string, number, integer, boolean, object, array, nothing] = [
    ...['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'],
  ].map((name) => allowed.includes(name));
  return (value) => {
    switch (typeof value) {
      case 'string':
        if (string) return null;
        break;
      case 'number':
        if (number || (integer && Number.isInteger(value))) return null;
        break;
      case 'boolean':
        if (boolean) return null;
        break;
      case 'object':
        if (value === null ? nothing : Array.isArray(value) ? array : object) return null;
    }
    return violation(`${expected}, found ${nameOf(value)}`);
  };
}

function valueCheck(schema: Schema): Check | null {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if ('const' in schema)
    return (value) =>
      value === schema.const ? null : violation(`expected ${JSON.stringify(schema.const)}, found ${nameOf(value)}`);
  if (schema.enum !== undefined) {
    const allowed = new Set(schema.enum);
    return (value) =>
      allowed.has(value) ? null : violation(`expected one of ${[...allowed].join(', ')}, found ${nameOf(value)}`);
  }
  if (minimum === -Infinity && maximum === Infinity) return null;
  return (value) => {
    if (typeof value !== 'number' || (value >= minimum && value <= maximum)) return null;
    return violation(
      value < minimum ? `expected at least ${minimum}, found ${value}` : `expected at most ${maximum}, found ${value}`,
    );
  };
}

function arrayCheck(schema: Schema, build: (schema: Schema) => Check): Check | null {
  const { items, prefixItems = [], minItems = 0 } = schema;
  if (items === undefined && prefixItems.length === 0 && minItems === 0) return null;
  const leading = prefixItems.map(build);
  const rest = items === undefined ? null : build(items);
  return (value) => {
    if (!Array.isArray(value)) return null;
    if (value.length < minItems) return violation(`expected at least ${minItems} items, found ${value.length}`);
    for (let i = 0; i < value.length; i++) {
      const found = (leading[i] ?? rest)?.(value[i]) ?? null;
      if (found !== null) return within(found, i);
    }
    return null;
  };
}

function objectCheck(schema: Schema, build: (schema: Schema) => Check): Check | null {
  const { required = [], properties = {}, additionalProperties } = schema;
  if (required.length === 0 && schema.properties === undefined && additionalProperties === undefined) return null;
  const members = Object.entries(properties).map(([name, member]) => [name, build(member)] as const);
  const known = new Set(Object.keys(properties));
  const rest = additionalProperties === undefined ? null : build(additionalProperties);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const record = value as Record<string, unknown>;
    for (const name of required) if (!Object.hasOwn(record, name)) return within(violation('missing'), name);
    for (const [name, check] of members) {
      const found = Object.hasOwn(record, name) ? check(record[name]) : null;
      if (found !== null) return within(found, name);
    }
    if (rest === null) return null;
    for (const name of Object.keys(record)) {
      const found = known.has(name) ? null : rest(record[name]);
      if (found !== null) return within(found, name);
    }
    return null;
  };
}

function within(violation: Violation, key: string | number): Violation {
  violation.path.unshift(key);
  return violation;
}

const MAX_SHOWN = 40;

function nameOf(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** `['channels', 3, 'bytes']` → `channels[3].bytes`; the document itself is ''. */
export const placeOf = (path: readonly (string | number)[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
