import { useId } from 'preact/hooks';

interface Props {
  label: string;
  /** Where it can stand, ascending. */
  values: readonly number[];
  value: number;
  format: (value: number) => string;
  onChange: (value: number) => void;
  name: string;
}

/** A slider over a list of values, next to what it says. Arrow keys move it from one to the next. */
export function Slider({ label, values, value, format, onChange, name }: Props) {
  const id = useId();
  const text = format(value);
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{text}</output>
      <input
        id={id}
        type="range"
        name={name}
        min={0}
        max={values.length - 1}
        step={1}
        value={nearest(values, value)}
        aria-valuetext={text}
        onInput={(event) => onChange(values[Number(event.currentTarget.value)]!)}
      />
    </div>
  );
}

/** The place of the value that is nearest on a logarithmic scale. */
function nearest(values: readonly number[], value: number): number {
  const distance = (i: number) => Math.abs(Math.log(values[i]! / value));
  return values.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0);
}
