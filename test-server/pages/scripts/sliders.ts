const STEPS = 1000;

/** Couples each `input[type=range][data-for]` with its number box. Logarithmic, because a second and an hour both matter. */
export function coupleSliders(): void {
  for (const slider of document.querySelectorAll<HTMLInputElement>('input[type="range"][data-for]')) {
    const box = document.querySelector<HTMLInputElement>(`#${slider.dataset.for}`)!;
    const scale = logScale(Number(box.min), Number(box.max));
    const follow = (): void => {
      slider.value = String(scale.toShare(Number(box.value)) * STEPS);
    };
    box.addEventListener('input', follow);
    slider.addEventListener('input', () => {
      box.value = String(scale.toValue(Number(slider.value) / STEPS));
    });
    follow();
  }
}

/** A scale from `min` to `max`; one that begins at zero is logarithmic above it. Values come out with two digits. */
function logScale(min: number, max: number) {
  const shift = min > 0 ? 0 : 10;
  const [from, to] = [Math.log(min + shift), Math.log(max + shift)];
  return {
    toShare: (value: number) => (Math.log(value + shift) - from) / (to - from),
    toValue(share: number) {
      const value = Math.exp(from + share * (to - from)) - shift;
      return Math.min(max, Math.max(min, Number(value.toPrecision(2))));
    },
  };
}
