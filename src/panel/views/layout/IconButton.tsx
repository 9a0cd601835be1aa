import type { ComponentChildren } from 'preact';
import './button.css';

/** Line icons on a 16 px grid, drawn for this panel. */
const ICONS = {
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  up: <path d="M4 10l4-4 4 4" />,
  down: <path d="M4 6l4 4 4-4" />,
  minus: <path d="M3.5 8h9" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  clear: (
    <>
      <circle cx="8" cy="8" r="5.3" />
      <path d="M4.3 4.3l7.4 7.4" />
    </>
  ),
  pause: <path d="M5.5 4v8M10.5 4v8" stroke-width="2.2" />,
  play: <path d="M5 3.5v9l7-4.5z" fill="currentColor" />,
  open: <path d="M2.5 12.5v-9h4l1.5 2h5.5v7zM2.5 8h11" />,
  save: <path d="M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13h10" />,
  settings: (
    <>
      <circle cx="8" cy="8" r="2" />
      <path d="M8 2v2M8 12v2M2 8h2M12 8h2M3.8 3.8l1.4 1.4M10.8 10.8l1.4 1.4M3.8 12.2l1.4-1.4M10.8 5.2l1.4-1.4" />
    </>
  ),
  tab: <path d="M6.5 3.5h-4v9h11v-4M9 2.5h4.5V7M13.5 2.5L7.5 8.5" />,
  columns: <path d="M2.5 3.5h11v9h-11zM6.2 3.5v9M9.9 3.5v9" />,
  record: <circle cx="8" cy="8" r="5" fill="currentColor" stroke="none" />,
  stop: <rect x="3.5" y="3.5" width="9" height="9" rx="1.5" fill="currentColor" stroke="none" />,
} as const;
export type IconName = keyof typeof ICONS;

export const Icon = ({ name }: { name: IconName }) => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.3"
    aria-hidden="true"
  >
    {ICONS[name]}
  </svg>
);

interface Props {
  icon: IconName;
  /** Its name for assistive technology, and its tooltip. */
  label: string;
  onClick: () => void;
  pressed?: boolean;
  disabled?: boolean;
  class?: string;
  children?: ComponentChildren;
}

/** A button of the toolbar: an icon whose label is its tooltip. */
export function IconButton({ icon, label, onClick, pressed, disabled, class: extra = '', children }: Props) {
  return (
    <button
      type="button"
      class={`icon-button ${extra}`}
      title={label}
      aria-label={label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      {children}
    </button>
  );
}
