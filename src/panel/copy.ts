/**
 * Puts text on the clipboard; whether it worked. A panel of DevTools is a frame without the permission for `navigator.clipboard`,
 * but within a click or key press the old command works.
 */
export function copyText(text: string): boolean {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return done;
}
