import { visibleLine } from '../../../../core/inspect/visible-text.ts';
import type { Label } from '../../../../core/protocols/protocol.ts';
import { count } from '../../../words/numbers.ts';
import { t } from '../../../words/t.ts';
import { JsonTree } from './JsonTree.tsx';

/** Packets shown of one payload. */
const MAX_PACKETS = 100;
const NAME_CHARS = 500;
const ROLES = { data: 'msg_role_data', control: 'msg_role_control', heartbeat: 'msg_role_heartbeat' } as const;

/** What the channel's protocol makes of a payload, packet by packet. */
export function ProtocolView({ labels }: { labels: readonly Label[] }) {
  return (
    <div class="payload">
      {labels.slice(0, MAX_PACKETS).map(({ role, op, name, correlation, detail }, i) => (
        <section key={i} class="packet">
          <h2>
            {visibleLine(op, NAME_CHARS)} {name !== null && <b>{visibleLine(name, NAME_CHARS)}</b>}{' '}
            <span class="muted">{t(ROLES[role])}</span>
          </h2>
          {correlation !== null && (
            <div class="muted">{t('msg_correlation', visibleLine(correlation, NAME_CHARS))}</div>
          )}
          {detail !== undefined && <JsonTree value={detail} pattern={null} />}
        </section>
      ))}
      {labels.length > MAX_PACKETS && (
        <p class="item__note">{t('msg_morePackets', count(labels.length - MAX_PACKETS))}</p>
      )}
    </div>
  );
}
