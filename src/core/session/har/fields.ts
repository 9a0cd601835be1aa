import { FileError } from '../file-error.ts';

/** An object of foreign JSON: absent and null give the fallback, what has another type is an error that names its place. */
export class Fields {
  readonly record: Record<string, unknown>;

  /** `place` is put together only when something is wrong. */
  constructor(
    value: unknown,
    readonly place: () => string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new FileError(`${place()}: expected an object, found ${kindOf(value)}.`);
    this.record = value as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.record[name] !== undefined && this.record[name] !== null;
  }

  text(name: string, fallback?: string): string {
    const given = this.record[name];
    if (typeof given === 'string') return given;
    if (this.has(name)) throw this.wrong(name, 'text');
    if (fallback === undefined) throw new FileError(`${this.place()}.${name}: missing.`);
    return fallback;
  }

  textOrNull(name: string): string | null {
    return this.has(name) ? this.text(name) : null;
  }

  /** Some tools write numbers as text. */
  number(name: string, fallback: number): number {
    const given = this.record[name];
    if (given === undefined || given === null) return fallback;
    const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw this.wrong(name, 'a number');
    return number;
  }

  object(name: string): Fields {
    return new Fields(this.has(name) ? this.record[name] : {}, () => `${this.place()}.${name}`);
  }

  list(name: string): readonly unknown[] {
    if (!this.has(name)) return [];
    const list = this.record[name];
    if (!Array.isArray(list)) throw this.wrong(name, 'a list');
    return list;
  }

  objects(name: string): Fields[] {
    return this.list(name).map((item, i) => new Fields(item, () => `${this.place()}.${name}[${i}]`));
  }

  private wrong(name: string, expected: string): FileError {
    return new FileError(`${this.place()}.${name}: expected ${expected}, found ${kindOf(this.record[name])}.`);
  }
}

export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
