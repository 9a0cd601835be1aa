import type { DeepState } from '../../source/deep/capture.ts';
import type { Recorder } from '../../source/recorder.ts';
import { type MessageKey, t } from '../../words/t.ts';
import { reload } from './barred.ts';
import type { Notice } from './Notices.tsx';

/** What there is to say of deep capture above the figures; nothing while it is off. `putAway`: hides a notice. */
export function deepNotice(recorder: Recorder, putAway: (name: string) => () => void): Notice | null {
  const { deep } = recorder;
  const again = { label: t('deep_again'), run: () => recorder.captureDeep(true) };
  const forget = () => recorder.captureDeep(false);
  if (deep === 'on') {
    const action = { label: t(reload.label), run: reload.run };
    return { name: 'deep-on', text: t('deep_on'), action, dismiss: putAway('deep-on') };
  }
  if (!isProblem(deep)) return null;
  return { name: `deep-${deep}`, isProblem: true, text: t(ENDED[deep]), action: again, dismiss: forget };
}

const ENDED = { cancelled: 'deep_cancelled', failed: 'deep_failed' } as const satisfies Record<string, MessageKey>;
const isProblem = (state: DeepState): state is keyof typeof ENDED => state in ENDED;
