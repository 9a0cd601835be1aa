import { signal } from '@preact/signals';

export type DialogName = 'save' | 'settings';

/** The dialog that is open; one at a time. */
export const dialog = signal<DialogName | null>(null);

export function openDialog(name: DialogName): void {
  dialog.value = name;
}
export function closeDialog(): void {
  dialog.value = null;
}
