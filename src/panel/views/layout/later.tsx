import { signal } from '@preact/signals';
import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../../words/t.ts';
import { announce } from './Announcer.tsx';

/** A component whose script is fetched when it is first shown, or before that by `load`. */
export interface Later<Props> {
  (props: Props): ComponentChildren;
  /** Whether it is there. It is not when the extension was replaced under the panel; the next call tries again. */
  load(): Promise<boolean>;
}

/** Shows nothing until the script is there, which takes a few ms and once. `onFailed`: it was to be shown and cannot be. */
export function later<Props extends object>(
  fetchIt: () => Promise<ComponentType<Props>>,
  onFailed = (): void => {},
): Later<Props> {
  const found = signal<ComponentType<Props> | null>(null);

  function Shown(props: Props): ComponentChildren {
    useEffect(() => {
      void Shown.load().then((isThere) => {
        if (isThere) return;
        announce(t('later_failed'));
        onFailed();
      });
    }, []);
    const Found = found.value;
    return Found === null ? null : <Found {...props} />;
  }
  // The browser fetches a script once, however often it is asked for.
  Shown.load = async () => {
    try {
      found.value = await fetchIt();
      return true;
    } catch {
      return false;
    }
  };
  return Shown;
}
