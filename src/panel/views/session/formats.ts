import { type Table, writeCsv } from '../../../core/session/csv/write.ts';
import { writeHar } from '../../../core/session/har/write.ts';
import { toSession } from '../../../core/session/write.ts';
import type { Log } from '../../../core/state.ts';
import type { MessageKey } from '../../words/t.ts';

/** A kind of file that can be saved. */
export interface FileFormat {
  id: 'session' | 'har' | `csv-${Table}`;
  name: MessageKey;
  about: MessageKey;
  ending: string;
  mediaType: string;
  /** The file in pieces. */
  write: (log: Log, version: string, options: { raw: boolean }) => Iterable<string>;
}

const csv = (table: Table, name: MessageKey, about: MessageKey): FileFormat => ({
  id: `csv-${table}`,
  name,
  about,
  ending: `.${table}.csv`,
  mediaType: 'text/csv',
  write: (log, _, options) => writeCsv(log, table, options),
});

export const FORMATS: readonly FileFormat[] = [
  {
    id: 'session',
    name: 'format_session',
    about: 'format_session_about',
    ending: '.transport-lens.json',
    mediaType: 'application/json',
    write: (log, version, options) => [JSON.stringify(toSession(log, version, options))],
  },
  {
    id: 'har',
    name: 'format_har',
    about: 'format_har_about',
    ending: '.har',
    mediaType: 'application/json',
    write: writeHar,
  },
  csv('channels', 'format_csvChannels', 'format_csvChannels_about'),
  csv('exchanges', 'format_csvExchanges', 'format_csvExchanges_about'),
  csv('messages', 'format_csvMessages', 'format_csvMessages_about'),
];
