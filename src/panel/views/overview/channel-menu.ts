import { asCurl } from '../../../core/copy/curl.ts';
import { asFetch } from '../../../core/copy/fetch.ts';
import { copiedRequest } from '../../../core/copy/request.ts';
import { asWebsocat } from '../../../core/copy/websocat.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import { copyText } from '../../copy.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { announce } from '../layout/Announcer.tsx';
import { openDialog } from '../layout/dialogs.ts';
import type { MenuItem } from '../layout/Menu.tsx';

/** What can be done with one channel. */
export function channelMenu(channel: ChannelReport, store: Store): MenuItem[] {
  const exchange = store.log.history.exchanges.of(channel.id).at(-1);
  const socket = store.connections
    .get(channel.id)
    ?.findLast(({ api }) => api === 'websocket' || api === 'websocket-stream');
  const copy = (label: string, text: () => string): MenuItem => ({
    label,
    onSelect: () => announce(t(copyText(text()) ? 'copied' : 'copy_failed')),
  });
  const request =
    exchange === undefined
      ? []
      : [
          copy(t('copy_curl'), () => asCurl(copiedRequest(exchange))),
          copy(t('copy_fetch'), () => asFetch(copiedRequest(exchange))),
        ];
  return [
    copy(t('copy_url'), () => channel.sampleUrl),
    ...request,
    ...(socket === undefined ? [] : [copy(t('copy_websocat'), () => asWebsocat(socket))]),
    {
      label: t('filterByThis'),
      apart: true,
      onSelect: () => {
        store.filterText.value = `url:${pathOf(channel.sampleUrl)}`;
      },
    },
    { label: t('hideChannel'), onSelect: () => store.hide(channel.id) },
    { label: t('saveChannel'), onSelect: () => openDialog('save', channel.id) },
    ...(store.hiddenIds.value.size === 0 ? [] : [{ label: t('showHidden'), onSelect: () => store.showHidden() }]),
  ];
}

/** Address without query: what the channel's requests have in common. */
const pathOf = (url: string): string => url.replace(/^[a-z+.-]+:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] || url;
