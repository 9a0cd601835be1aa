import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../words/t.ts';
import { closeDialog } from './dialogs.ts';
import { IconButton } from './IconButton.tsx';
import './dialog.css';

/** A modal dialog: the browser keeps the focus in it, Escape closes it, and the focus returns to where it was. */
export function Dialog({ title, children }: { title: string; children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    element.current!.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby="dialog-title"
      onClose={closeDialog}
      // DevTools' own Escape opens its drawer.
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        if (event.target === element.current) closeDialog();
      }}
    >
      <div class="dialog__body">
        <header>
          <h2 id="dialog-title">{title}</h2>
          <IconButton icon="close" label={t('close')} onClick={closeDialog} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
