import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { ChannelName } from '../layout/ChannelName.tsx';
import { LANE_PX, type LaneStyle, RULER_PX } from './draw/scene.ts';
import { attachGestures, onTimelineKey } from './gestures.ts';
import { HoverCard } from './HoverCard.tsx';
import { type Hit, hitTest, laneAt } from './hit.ts';
import { createPainter } from './painter.ts';
import type { TimelineState } from './state.ts';

const LABELS_PX = 210;
const NARROW_PX = 560;
const NARROW_LABELS_PX = 112;
/** Labels beyond the edge, so that a quick scroll shows no blanks. */
const SPARE_LANES = 3;

/** One canvas for all tracks, as large as what is seen of them; the labels beside it are ordinary elements. */
export function Lanes({ store, state, style }: { store: Store; state: TimelineState; style: LaneStyle }) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSignal({ width: 0, height: 0, scrollTop: 0 });
  const hover = useSignal<{ hit: Hit; x: number; y: number; now: number } | null>(null);
  const shownStyle = useRef(style);
  shownStyle.current = style;
  const painter = useRef<ReturnType<typeof createPainter> | null>(null);
  const left = size.value.width < NARROW_PX ? NARROW_LABELS_PX : LABELS_PX;

  useEffect(() => {
    const element = scroller.current!;
    const layout = () => {
      const { width, height, scrollTop } = size.peek();
      return {
        width,
        height,
        scrollTop,
        left: width < NARROW_PX ? NARROW_LABELS_PX : LABELS_PX,
        style: shownStyle.current,
      };
    };
    const drawing = createPainter(canvas.current!, store, state, layout);
    painter.current = drawing;
    const measure = () => {
      size.value = { width: element.clientWidth, height: element.clientHeight, scrollTop: element.scrollTop };
      drawing.schedule();
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    const letGo = attachGestures(canvas.current!, drawing.scene, store, state, {
      onHover(point) {
        const scene = drawing.scene();
        const hit = point === null || scene === null ? null : hitTest(scene, point.x, point.y);
        hover.value = hit === null ? null : { hit, ...point!, now: scene!.now };
      },
      onClick(point) {
        const scene = drawing.scene();
        const lane = scene === null ? undefined : laneAt(scene, point.y);
        if (lane !== undefined) store.select(lane.channelId);
      },
    });
    return () => {
      letGo();
      observer.disconnect();
      element.removeEventListener('scroll', measure);
      drawing.stop();
    };
  }, [store, state]);
  useEffect(() => painter.current?.schedule(), [style]);

  const lanes = store.shown.value;
  const laneHeight = LANE_PX[style];
  const first = Math.max(Math.floor(size.value.scrollTop / laneHeight) - SPARE_LANES, 0);
  const last = Math.ceil((size.value.scrollTop + size.value.height) / laneHeight) + SPARE_LANES;
  const { width, height } = size.value;
  return (
    <div
      class="timeline__scroller"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys pan and zoom it; the same as a table is one button away.
      tabIndex={0}
      role="application"
      aria-label={t('timeline_label')}
      aria-describedby="timeline-keys"
      onKeyDown={(event) => {
        if (!onTimelineKey(event, store, state)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <p id="timeline-keys" hidden>
        {t('timeline_keys')}
      </p>
      <div class="timeline__stage" style={{ height: `${RULER_PX + lanes.length * laneHeight}px` }}>
        <div class="timeline__pin" aria-hidden="true">
          <div class="timeline__corner" style={{ width: `${left}px`, height: `${RULER_PX - 1}px` }}>
            {t('timeline_channel')}
          </div>
        </div>
        <canvas ref={canvas} class="timeline__canvas" style={{ width: `${width}px`, height: `${height}px` }} />
        {lanes.slice(first, last).map((channel, i) => (
          <button
            key={channel.id}
            type="button"
            tabIndex={-1}
            class="timeline__lane"
            data-lane={channel.id}
            aria-pressed={channel.id === store.selectedId.value}
            style={{
              top: `${RULER_PX + (first + i) * laneHeight}px`,
              width: `${left}px`,
              height: `${laneHeight - 1}px`,
            }}
            title={channel.sampleUrl}
            onClick={() => store.select(channel.id)}
          >
            <ChannelName channel={channel} stacked={style === 'diagram'} />
          </button>
        ))}
      </div>
      {hover.value !== null && (
        <HoverCard
          {...hover.value}
          y={hover.value.y + size.value.scrollTop}
          flip={hover.value.x > width * 0.6}
          store={store}
        />
      )}
    </div>
  );
}
