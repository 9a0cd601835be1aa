import { quote } from '../../../../core/filter/tokens.ts';
import { textOfPayload } from '../../../../core/protocols/wire/bytes.ts';
import { copyText } from '../../../copy.ts';
import { t } from '../../../words/t.ts';
import { announce } from '../../layout/Announcer.tsx';
import type { MenuItem } from '../../layout/Menu.tsx';
import type { MessagesView } from '../context.ts';
import { channelIdOf, type Item, payloadOf } from '../item.ts';

const COPY_BYTES = 10_000_000;

/** What can be done with one row. */
export function rowMenu(view: MessagesView, item: Item): MenuItem[] {
  const { store } = view;
  const payload = payloadOf(item);
  const filterBy = (term: string): MenuItem => ({
    label: t('msg_filterBy', term),
    onSelect: () => {
      store.filterText.value = `${store.filterText.peek()} ${term}`.trim();
    },
  });
  const terms =
    item.message === null
      ? [`method:${item.exchange.method}`]
      : [`event:${quote(item.message.type)}`, `dir:${item.message.direction}`];
  return [
    {
      label: t('msg_copy_content'),
      disabled: payload === null,
      onSelect: () => announce(t(copyText(textOfPayload(payload!, COPY_BYTES)) ? 'copied' : 'copy_failed')),
    },
    { label: t('msg_pin'), onSelect: view.pin },
    { label: t('msg_base'), onSelect: view.markBase },
    ...terms.map((term, i) => ({ ...filterBy(term), apart: i === 0 })),
    {
      label: t('hideChannel'),
      apart: true,
      onSelect: () => store.hide(channelIdOf(item)),
    },
  ];
}
