import { describe, expect, it } from 'vitest';
import { ticksOf } from '../../../src/core/timeline/ticks.ts';
import {
  endingAt,
  fitTo,
  MAX_SPAN_MS,
  MIN_SPAN_MS,
  pan,
  spanOf,
  timeAt,
  xOf,
  zoom,
} from '../../../src/core/timeline/viewport.ts';

const VIEW = { from: 1000, to: 3000 };

describe('a viewport', () => {
  it('turns instants into pixels and back', () => {
    expect(xOf(VIEW, 1500, 400)).toBe(100);
    expect(timeAt(VIEW, 100, 400)).toBe(1500);
  });

  it('zooms so that the instant under the pointer stays where it is', () => {
    const closer = zoom(VIEW, 0.5, 1500);
    expect(closer).toEqual({ from: 1250, to: 2250 });
    expect(xOf(closer, 1500, 400)).toBe(xOf(VIEW, 1500, 400));
  });

  it('neither shrinks to nothing nor grows without end', () => {
    expect(spanOf(zoom(VIEW, 1e-9, 2000))).toBeCloseTo(MIN_SPAN_MS);
    expect(spanOf(zoom(VIEW, 1e9, 2000))).toBeCloseTo(MAX_SPAN_MS);
  });

  it('pans, follows an end, and fits all there is with room at the edges', () => {
    expect(pan(VIEW, -500)).toEqual({ from: 500, to: 2500 });
    expect(endingAt(VIEW, 9000)).toEqual({ from: 7000, to: 9000 });
    expect(fitTo(0, 10_000)).toEqual({ from: -200, to: 10_200 });
  });

  it('shows a second at least when hardly anything happened', () => {
    expect(spanOf(fitTo(5, 5))).toBeGreaterThanOrEqual(1000);
  });
});

describe('the ticks of an axis', () => {
  it('are round times, as close as their labels allow', () => {
    const { stepMs, at } = ticksOf({ from: 60_300, to: 90_300 }, 600, 80, 0);
    expect(stepMs).toBe(5000);
    expect(at).toEqual([65_000, 70_000, 75_000, 80_000, 85_000, 90_000]);
  });

  it('count from an origin of their own', () => {
    expect(ticksOf({ from: 10_250, to: 12_250 }, 100, 50, 10_250).at).toEqual([10_250, 11_250, 12_250]);
  });

  it('never come closer than asked, at any zoom', () => {
    for (let span = 3; span < MAX_SPAN_MS; span *= 1.7) {
      const { stepMs } = ticksOf({ from: 0, to: span }, 1000, 80, 0);
      expect((stepMs / span) * 1000).toBeGreaterThanOrEqual(80);
    }
  });
});
