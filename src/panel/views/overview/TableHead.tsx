import { changeSettings, DEFAULTS, settings } from '../../settings.ts';
import { t } from '../../words/t.ts';
import { type MenuItem, showMenu } from '../layout/Menu.tsx';
import { COLUMNS } from './columns.tsx';
import { MIN_COLUMN_PX, type ShownColumn } from './rows.ts';

const KEY_STEP_PX = 12;

/** A click sorts, dragging an edge (or Shift with an arrow) resizes, a right click chooses columns. */
export function TableHead({ columns }: { columns: readonly ShownColumn[] }) {
  const { sort } = settings.value;
  return (
    <thead onContextMenu={(event) => showMenu(event, t('columns'), columnsMenu())}>
      <tr>
        {columns.map((column) => {
          const { id, title, help, number } = column;
          const state = sort?.column !== id ? 'none' : sort.descending ? 'descending' : 'ascending';
          return (
            <th key={id} class={number ? 'number' : ''} aria-sort={state} scope="col" data-column={id}>
              <button
                type="button"
                title={`${t(help)}\n${t('column_keys')}`}
                onClick={() =>
                  changeSettings({ sort: { column: id, descending: state === 'none' ? number : !sort!.descending } })
                }
                onKeyDown={(event) => onHeadKey(event, column)}
              >
                {t(title)}
                <span class="channels__sort" aria-hidden="true">
                  {state === 'none' ? '' : state === 'descending' ? '▾' : '▴'}
                </span>
              </button>
              {id !== 'url' && <span class="channels__grip" onPointerDown={(event) => drag(event, column)} />}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function onHeadKey(event: KeyboardEvent, column: ShownColumn): void {
  // The grid's own keys walk the rows.
  if (event.key !== 'Escape') event.stopPropagation();
  const step = { ArrowLeft: -KEY_STEP_PX, ArrowRight: KEY_STEP_PX }[event.key];
  if (event.shiftKey && step !== undefined && column.id !== 'url') {
    event.preventDefault();
    resize(column.id, column.px + step);
  }
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
    showMenu(event, t('columns'), columnsMenu());
}

const resize = (id: string, px: number): void =>
  changeSettings({ columnWidths: { ...settings.peek().columnWidths, [id]: Math.max(Math.round(px), MIN_COLUMN_PX) } });

/** Columns before the address grow to the right; those behind it hang on the right edge, and grow to the left. */
function drag(event: PointerEvent, { id, px }: ShownColumn): void {
  event.preventDefault();
  const grip = event.currentTarget as HTMLElement;
  const isBefore = COLUMNS.findIndex((column) => column.id === id) < COLUMNS.findIndex((column) => column.id === 'url');
  const startX = event.clientX;
  grip.setPointerCapture(event.pointerId);
  const onMove = (move: PointerEvent) => resize(id, px + (move.clientX - startX) * (isBefore ? 1 : -1));
  const onUp = () => {
    grip.removeEventListener('pointermove', onMove);
    grip.removeEventListener('pointerup', onUp);
  };
  grip.addEventListener('pointermove', onMove);
  grip.addEventListener('pointerup', onUp);
}

/** Which columns to show; what else there is to choose of the table. */
export function columnsMenu(): MenuItem[] {
  const { hiddenColumns, groupByFrame } = settings.peek();
  return [
    ...COLUMNS.filter(({ id }) => id !== 'url').map(({ id, title }) => ({
      label: t(title),
      checked: !hiddenColumns.includes(id),
      onSelect: () =>
        changeSettings({
          hiddenColumns: hiddenColumns.includes(id)
            ? hiddenColumns.filter((other) => other !== id)
            : [...hiddenColumns, id],
        }),
    })),
    {
      label: t('groupByFrame'),
      checked: groupByFrame,
      apart: true,
      onSelect: () => changeSettings({ groupByFrame: !groupByFrame }),
    },
    {
      label: t('columns_reset'),
      onSelect: () => {
        const { hiddenColumns: preset, columnWidths, sort } = DEFAULTS;
        changeSettings({ hiddenColumns: preset, columnWidths, sort });
      },
    },
  ];
}
