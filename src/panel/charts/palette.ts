/** Colours that a canvas cannot take from the style sheet by itself; read anew when the theme changes. */
export interface Palette {
  text: string;
  muted: string;
  line: string;
  useful: string;
  wasted: string;
  header: string;
  framing: string;
  payload: string;
  transport: (transport: string | null) => string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: color('text'),
    muted: color('muted'),
    line: color('line'),
    useful: color('useful'),
    wasted: color('wasted'),
    header: color('header'),
    framing: color('framing'),
    payload: color('payload'),
    transport: (transport) => color(`transport-${transport ?? 'none'}`) || color('muted'),
  };
}
