import { type MessageKey, t } from '../../words/t.ts';

const HELP: Record<string, MessageKey> = {
  transport: 'filter_key_transport',
  protocol: 'filter_key_protocol',
  is: 'filter_key_is',
  dir: 'filter_key_dir',
  event: 'filter_key_event',
  wasted: 'filter_key_wasted',
  interval: 'filter_key_interval',
  url: 'filter_key_url',
  domain: 'filter_key_domain',
  scheme: 'filter_key_scheme',
  method: 'filter_key_method',
  'status-code': 'filter_key_statusCode',
  'mime-type': 'filter_key_mimeType',
  'has-response-header': 'filter_key_header',
  'larger-than': 'filter_key_largerThan',
};

/** What a key of the filter is about, in a few words. */
export const keyHelp = (key: string): string => (HELP[key] === undefined ? '' : t(HELP[key]));
