/** Colours and font that a canvas cannot take from the style sheet by itself; read anew when the theme changes. */
export interface Palette {
  background: string;
  surface: string;
  selected: string;
  text: string;
  muted: string;
  line: string;
  accent: string;
  record: string;
  useful: string;
  wasted: string;
  header: string;
  framing: string;
  payload: string;
  transport: (transport: string | null) => string;
  fontFamily: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    background: color('background'),
    surface: color('surface'),
    selected: color('selected'),
    text: color('text'),
    muted: color('muted'),
    line: color('line'),
    accent: color('accent'),
    record: color('record'),
    useful: color('useful'),
    wasted: color('wasted'),
    header: color('header'),
    framing: color('framing'),
    payload: color('payload'),
    transport: (transport) => color(`transport-${transport ?? 'none'}`) || color('muted'),
    fontFamily: getComputedStyle(document.body).fontFamily,
  };
}
