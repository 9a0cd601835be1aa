import type { CopiedRequest } from './request.ts';
import { shellWord } from './shell.ts';

/** The request as a curl command for a POSIX shell. */
export function asCurl({ method, url, headers, body }: CopiedRequest): string {
  // `--url`, because an address that begins with a dash would be an option; `--globoff`, because curl reads [] and {} as patterns.
  const parts = ['curl --globoff', `--url ${shellWord(url)}`];
  if (method !== (body === null ? 'GET' : 'POST')) parts.push(`--request ${shellWord(method)}`);
  for (const [name, value] of headers) {
    // "Name:" would take the header out; "Name;" sends it empty.
    parts.push(`--header ${shellWord(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  // --data-raw, because --data reads a file when the body begins with @.
  if (body !== null) parts.push(`--data-raw ${shellWord(body)}`);
  return parts.join(' \\\n  ');
}
