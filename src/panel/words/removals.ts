import type { SecretKind } from '../../core/session/redact/find.ts';
import type { Removal } from '../../core/session/redact/redactor.ts';
import { type MessageKey, t } from './t.ts';

const KINDS: Record<SecretKind, MessageKey> = {
  header: 'secret_header',
  parameter: 'secret_parameter',
  field: 'secret_field',
  token: 'secret_token',
  'user-info': 'secret_userInfo',
};

/** "Header cookie", "Token" */
export const removalText = ({ kind, where }: Removal): string => `${t(KINDS[kind])} ${where}`.trim();
