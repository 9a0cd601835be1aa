interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean;
  items?: Schema;
}

const isOfType = (value: unknown, type: string): boolean => {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
};

/** The places where `value` breaks `schema`: the part of JSON Schema that truth.schema.json uses. */
export function schemaViolations(value: unknown, schema: Schema, root: Schema = schema, at = '$'): string[] {
  if (schema.$ref) return schemaViolations(value, root.$defs![schema.$ref.split('/').at(-1)!]!, root, at);
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return [`${at} is no ${types.join(' or ')}`];
  if ('const' in schema && value !== schema.const) return [`${at} is not ${schema.const}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of ${schema.enum}`];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => schemaViolations(item, schema.items ?? {}, root, `${at}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {}, required = [], additionalProperties = true } = schema;
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const known = properties[name];
      if (known) return schemaViolations(member, known, root, `${at}.${name}`);
      return additionalProperties ? [] : [`${at}.${name} is unknown`];
    }),
  ];
}
