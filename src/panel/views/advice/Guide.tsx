import { useSignal } from '@preact/signals';
import {
  type GuideAnswers,
  type GuideQuestion,
  guideAdvice,
  questionsFor,
  UNANSWERED,
} from '../../words/advice-guide.ts';
import { t } from '../../words/t.ts';
import { transportName } from '../../words/transports.ts';
import { Dialog } from '../layout/Dialog.tsx';
import { openDialog } from '../layout/dialogs.ts';
import './guide.css';

export const GuideButton = () => (
  <button type="button" class="button" data-guide onClick={() => openDialog('guide')}>
    {t('guide_open')}
  </button>
);

export const GuideDialog = () => (
  <Dialog title={t('guide_title')}>
    <div class="dialog__content">
      <Guide />
    </div>
  </Dialog>
);

/** A few questions that lead to a transport. */
export function Guide() {
  const answers = useSignal<GuideAnswers>(UNANSWERED);
  const advice = guideAdvice(answers.value);
  return (
    <div class="guide">
      <p class="muted">{t('guide_intro')}</p>
      {questionsFor(answers.value).map((question) => (
        <Question
          key={question.id}
          question={question}
          answer={answers.value[question.id]}
          onAnswer={(answer) => {
            answers.value = { ...answers.value, [question.id]: answer };
          }}
        />
      ))}
      <div role="status">
        {advice !== null && (
          <>
            <p class="guide__answer" data-transport={advice.transport}>
              {t('guide_answer', transportName(advice.transport))}
            </p>
            <p>{t(advice.why)}</p>
          </>
        )}
      </div>
    </div>
  );
}

interface QuestionProps {
  question: GuideQuestion;
  answer: boolean | null;
  onAnswer: (answer: boolean) => void;
}

const Question = ({ question: { id, text, yes, no }, answer, onAnswer }: QuestionProps) => (
  <fieldset class="guide__question">
    <legend>{t(text)}</legend>
    {[true, false].map((value) => (
      <label key={String(value)}>
        <input
          type="radio"
          name={`guide-${id}`}
          value={String(value)}
          checked={answer === value}
          onChange={() => onAnswer(value)}
        />
        {t(value ? yes : no)}
      </label>
    ))}
  </fieldset>
);
