import type { ComponentChildren } from 'preact';
import type { Figure } from '../../../core/model.ts';
import { count, figureBytes, figureTitle } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';

/** One part of the details, under a heading. */
export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="detail__section" data-section={id}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export const Facts = ({ children }: { children: ComponentChildren }) => <dl class="facts">{children}</dl>;

interface FactProps {
  label: string;
  value: ComponentChildren;
  note?: ComponentChildren;
  title?: string;
}

export function Fact({ label, value, note, title }: FactProps) {
  return (
    <div class="facts__row">
      <dt>{label}</dt>
      <dd class="number" title={title}>
        {value}
      </dd>
      <dd class="facts__note muted">{note}</dd>
    </div>
  );
}

/** Zeros of rare kinds only take room. */
export const Count = ({ label, n }: { label: string; n: number }) =>
  n === 0 ? null : <Fact label={label} value={count(n)} />;

const MARKS = { measured: '●', derived: '◐', estimated: '○', unknown: '–' } as const;

/** A number of bytes with the mark of where it comes from. */
export const Bytes = ({ label, figure }: { label: string; figure: Figure }) => (
  <Fact
    label={label}
    value={figureBytes(figure)}
    note={
      <>
        <span aria-hidden="true">{MARKS[figure.provenance]}</span> {t(`provenance_${figure.provenance}`)}
      </>
    }
    title={figureTitle(figure)}
  />
);
