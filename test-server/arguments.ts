import { parseArgs } from 'node:util';

export const USAGE = 'Usage: npm run server -- [--port 8080] [--host 127.0.0.1] [--h2]';

export type Arguments = { host: string; port: number; h2: boolean; help: boolean } | { problem: string };

/** Reads the command line. Anything unknown or out of range is a `problem`, one sentence to show. */
export function parseArguments(args: string[]): Arguments {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '127.0.0.1' },
        h2: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
    if (!(port <= 65_534)) return { problem: `--port must be a number from 0 to 65534, not "${values.port}".` };
    return { host: values.host, port, h2: values.h2, help: values.help };
  } catch (error) {
    return { problem: (error as Error).message.split('. ')[0]! };
  }
}
