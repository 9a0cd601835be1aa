import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import './menu.css';

export interface MenuItem {
  label: string;
  onSelect: () => void;
  /** Given: a box to tick. */
  checked?: boolean;
  disabled?: boolean;
  /** A line above it. */
  apart?: boolean;
}

interface OpenMenu {
  label: string;
  items: readonly MenuItem[];
  x: number;
  y: number;
  opener: HTMLElement | null;
}

const open = signal<OpenMenu | null>(null);

/** Opens a menu where the pointer is, or under the element when it was asked for by key or by a button. */
export function showMenu(event: MouseEvent | KeyboardEvent, label: string, items: readonly MenuItem[]): void {
  event.preventDefault();
  event.stopPropagation();
  const opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const isPointed = event instanceof MouseEvent && event.type === 'contextmenu' && event.button === 2;
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const [x, y] = isPointed ? [event.clientX, event.clientY] : [box.left, Math.min(box.bottom, innerHeight - 40)];
  open.value = { label, items, x, y, opener };
}

function close(): void {
  const { opener } = open.peek() ?? {};
  open.value = null;
  opener?.focus();
}

/** The one menu that may be open; rendered once, at the end of the page. */
export function MenuHost() {
  const list = useRef<HTMLDivElement>(null);
  const menu = open.value;

  useLayoutEffect(() => {
    const element = list.current;
    if (menu === null || element === null) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(Math.min(menu.x, innerWidth - width - 4), 4)}px`;
    element.style.top = `${Math.max(Math.min(menu.y, innerHeight - height - 4), 4)}px`;
    itemsOf(element)[0]?.focus();
  }, [menu]);
  useEffect(() => {
    if (menu === null) return;
    const onOutside = (event: Event) => {
      if (!list.current?.contains(event.target as Node)) close();
    };
    addEventListener('pointerdown', onOutside, true);
    addEventListener('blur', close);
    return () => {
      removeEventListener('pointerdown', onOutside, true);
      removeEventListener('blur', close);
    };
  }, [menu]);

  if (menu === null) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(list.current!);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else if (event.key.length === 1) items.find((item) => startsWith(item, event.key))?.focus();
    if (event.key === 'Enter' || event.key === ' ') return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} class="menu" role="menu" aria-label={menu.label} tabIndex={-1} onKeyDown={onKeyDown}>
      {menu.items.map(({ label, onSelect, checked, disabled, apart }) => (
        <button
          key={label}
          type="button"
          class={apart ? 'menu__item menu__item--apart' : 'menu__item'}
          role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
          {...(checked === undefined ? {} : { 'aria-checked': checked })}
          disabled={disabled}
          tabIndex={-1}
          onClick={() => {
            close();
            onSelect();
          }}
        >
          <span class="menu__tick" aria-hidden="true">
            {checked ? '✓' : ''}
          </span>
          {label}
        </button>
      ))}
    </div>
  );
}

const itemsOf = (list: HTMLElement): HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>('.menu__item:not(:disabled)'),
];
const startsWith = (item: HTMLElement, key: string): boolean =>
  item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()) === true;
