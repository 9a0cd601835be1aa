import { useRef } from 'preact/hooks';
import './divider.css';

const KEY_STEP_PX = 16;

interface Props {
  /** What it resizes, for assistive technology. */
  label: string;
  px: number;
  minPx: number;
  /** Which edge of the resized part it is: dragging away from the part makes it larger. */
  edge: 'top' | 'left';
  onChange: (px: number) => void;
}

/** A line between two parts that can be dragged, or moved by arrow keys. */
export function Divider({ label, px, minPx, edge, onChange }: Props) {
  const isTop = edge === 'top';
  // Keys may come faster than frames are drawn.
  const latest = useRef(px);
  latest.current = px;
  const resize = (to: number) => {
    latest.current = Math.max(Math.round(to), minPx);
    onChange(latest.current);
  };
  const onPointerDown = (event: PointerEvent) => {
    event.preventDefault();
    const line = event.currentTarget as HTMLElement;
    const start = isTop ? event.clientY : event.clientX;
    line.setPointerCapture(event.pointerId);
    const onMove = (move: PointerEvent) => resize(px + start - (isTop ? move.clientY : move.clientX));
    const onUp = () => {
      line.removeEventListener('pointermove', onMove);
      line.removeEventListener('pointerup', onUp);
    };
    line.addEventListener('pointermove', onMove);
    line.addEventListener('pointerup', onUp);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Record<string, number> = isTop ? { ArrowUp: 1, ArrowDown: -1 } : { ArrowLeft: 1, ArrowRight: -1 };
    const way = keys[event.key];
    if (way === undefined) return;
    event.preventDefault();
    resize(latest.current + way * KEY_STEP_PX);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved takes focus; an hr does not.
    <div
      class={`divider divider--${edge}`}
      role="separator"
      aria-orientation={isTop ? 'horizontal' : 'vertical'}
      aria-label={label}
      aria-valuenow={px}
      aria-valuemin={minPx}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
