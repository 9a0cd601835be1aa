import { type Lesson, marksOf, timeDiagram } from './diagrams.ts';
import { legend } from './legend.ts';
import type { Texts } from './text/en.ts';

/** `long-polling` → `longPolling`, the prefix of its texts. */
const textPrefix = (lesson: Lesson): string => lesson.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Where a technique's page is. The postback is its own page: that is the point of it. */
export const lessonHref = (lesson: Lesson): string => (lesson === 'postback' ? '/postback' : `/techniques/${lesson}`);

/** A technique's name, explanation and diagram in a language. */
export function lessonTexts(lesson: Lesson, texts: Texts) {
  const prefix = textPrefix(lesson);
  const text = (suffix: string): string => texts[`${prefix}${suffix}` as keyof Texts];
  const name = text('Name');
  return {
    name,
    lead: text('Lead'),
    text: text('Text'),
    fit: text('Fit'),
    diagram: timeDiagram(lesson, {
      title: `${texts.diagramOf}: ${name}`,
      page: texts.diagramPage,
      server: texts.diagramServer,
    }),
    legend: legend(marksOf(lesson), texts),
  };
}

/** The buttons of a technique's demo. */
export function lessonActions(lesson: Lesson, texts: Texts): string {
  if (lesson === 'ajax') return `<button data-do="ask">${texts.askNow}</button>`;
  if (lesson === 'beacon') return `<button data-do="report">${texts.reportNow}</button>`;
  const buttons = `<button data-do="start">${texts.start}</button><button data-do="stop" class="second" disabled>${texts.stop}</button>`;
  if (lesson !== 'websocket') return buttons;
  return `${buttons}</p><form class="say" id="say"><label for="said">${texts.sendLabel}</label><input id="said" maxlength="200" autocomplete="off"><button class="second">${texts.send}</button></form><p>`;
}
