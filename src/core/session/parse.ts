import { FileError } from './file-error.ts';
import { SCHEMA_VERSION, type Session } from './format.ts';
import { compile, placeOf, type Schema } from './schema/compile.ts';
import schema from './session.schema.json' with { type: 'json' };

const check = compile(schema as unknown as Schema);

/**
 * Checks that a text is a session file.
 * @throws FileError naming the first place that is wrong
 */
export function parseSession(text: string): Session {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new FileError(`This is no JSON: ${(error as Error).message}.`);
  }
  return checkSession(json);
}

/** @throws FileError naming the first place that is wrong */
export function checkSession(json: unknown): Session {
  const version = (json as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version === undefined) throw new FileError('This is no Transport Lens session: schemaVersion is missing.');
  if (version !== SCHEMA_VERSION)
    throw new FileError(
      `schemaVersion: this reads sessions of version ${SCHEMA_VERSION}, not ${JSON.stringify(version)}.`,
    );
  const violation = check(json);
  if (violation !== null) throw new FileError(`${placeOf(violation.path)}: ${violation.message}.`);
  const session = json as Session;
  checkReferences(session);
  return session;
}

/** What JSON Schema cannot say: what refers to something finds it, and columns are of one length. */
function checkReferences({ channels, charts, headers, connections, exchanges, messages }: Session): void {
  const ids = new Set<number>();
  for (const [i, { id }] of channels.entries()) {
    if (ids.has(id)) throw new FileError(`channels[${i}].id: ${id} is taken already.`);
    ids.add(id);
  }
  const channelOf = (place: string, list: readonly { channelId: number }[]) => {
    for (const [i, { channelId }] of list.entries())
      if (!ids.has(channelId)) throw new FileError(`${place}[${i}].channelId: there is no channel ${channelId}.`);
  };
  channelOf('charts', charts);
  channelOf('connections', connections);
  channelOf('exchanges', exchanges);

  const headersOf = (place: string, side: 'requestHeaders' | 'responseHeaders', list: readonly number[]) => {
    const wrong = list.findIndex((index) => index >= headers.length);
    if (wrong >= 0) throw new FileError(`${place}.${side}[${wrong}]: there is no header ${list[wrong]}.`);
  };
  const entryAt = (place: string, entry: Session['exchanges'][number]['network']) => {
    if (entry === null) return;
    headersOf(place, 'requestHeaders', entry.requestHeaders);
    headersOf(place, 'responseHeaders', entry.responseHeaders);
  };
  for (const [i, { network }] of exchanges.entries()) entryAt(`exchanges[${i}].network`, network);
  for (const [i, { handshakes }] of connections.entries())
    for (const [j, entry] of handshakes.entries()) entryAt(`connections[${i}].handshakes[${j}]`, entry);

  const { first: _first, ...columns } = messages;
  for (const [name, column] of Object.entries(columns))
    if (column.length !== messages.at.length)
      throw new FileError(
        `messages.${name}: expected ${messages.at.length} items, as in messages.at, found ${column.length}.`,
      );
  for (let i = 0; i < messages.channelId.length; i++)
    if (!ids.has(messages.channelId[i]!))
      throw new FileError(`messages.channelId[${i}]: there is no channel ${messages.channelId[i]}.`);
}
