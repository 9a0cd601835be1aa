import { signal } from '@preact/signals';

export type DialogName = 'save' | 'settings' | 'guide';

/** What the open dialog is about: one channel, or (null) everything. */
export const dialogChannelId = signal<number | null>(null);
/** The dialog that is open; one at a time. */
export const dialog = signal<DialogName | null>(null);

export function openDialog(name: DialogName, channelId: number | null = null): void {
  dialogChannelId.value = channelId;
  dialog.value = name;
}
export function closeDialog(): void {
  dialog.value = null;
}
