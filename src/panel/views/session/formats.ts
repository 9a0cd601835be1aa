import { writeHar } from '../../../core/session/har/write.ts';
import { toSession } from '../../../core/session/write.ts';
import type { Log } from '../../../core/state.ts';
import type { MessageKey } from '../../words/t.ts';

/** A kind of file that can be saved. */
export interface FileFormat {
  id: 'session' | 'har';
  name: MessageKey;
  about: MessageKey;
  ending: string;
  mediaType: string;
  /** The file in pieces. */
  write: (log: Log, version: string, options: { raw: boolean }) => Iterable<string>;
}

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
];
