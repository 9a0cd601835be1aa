/** One call of a stack, as V8 writes it. Line and column count from 1. */
export interface StackFrame {
  /** null: a script's own code. */
  name: string | null;
  url: string;
  line: number;
  column: number;
}

const FRAME = /^\s*at (?:(?<name>.*?) \()?(?<url>[a-z][a-z0-9+.-]*:.*?):(?<line>\d+):(?<column>\d+)\)?$/i;

/** The calls that `Error.stack` tells, innermost first; lines that are none are left out. */
export function readStack(stack: string): StackFrame[] {
  return stack.split('\n').flatMap((text) => {
    const { name = null, url, line, column } = FRAME.exec(text)?.groups ?? {};
    if (url === undefined) return [];
    return [{ name: name === undefined ? null : name, url, line: Number(line), column: Number(column) }];
  });
}
