import { texts } from '../texts';
import { element, setText } from './element';
import type { TopAnswer } from './top-answers';

export interface AnswersPanel {
  readonly root: HTMLElement;
  show(answers: readonly TopAnswer[] | undefined, threshold: number): void;
  /** Read out, for answers to a single photo. */
  announce(answers: readonly TopAnswer[], threshold: number): void;
}

const rowCount = 3;

/** The first three answers with bars; the first one is said only from the threshold on. */
export function createAnswersPanel(): AnswersPanel {
  const verdict = element('p', { class: 'verdict' }, texts.answers.waiting);
  const spoken = element('p', { class: 'spoken', role: 'status' });
  const rows = Array.from({ length: rowCount }, () => {
    const label = element('span', { class: 'label' });
    const percent = element('span', { class: 'percent' });
    const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
    const fill = element('i');
    bar.append(fill);
    return { root: element('li', {}, label, percent, bar), label, percent, fill };
  });
  const list = element(
    'ol',
    { 'aria-label': texts.answers.title },
    ...rows.map(({ root }) => root),
  );
  const saying = (answers: readonly TopAnswer[], threshold: number) => {
    const [first] = answers;
    return first && first.probability >= threshold ? first.label : texts.answers.unsure;
  };

  return {
    root: element('section', { class: 'answers' }, verdict, list, spoken),
    show(answers, threshold) {
      setText(verdict, answers ? saying(answers, threshold) : texts.answers.waiting);
      rows.forEach(({ root, label, percent, fill }, at) => {
        const answer = answers?.[at];
        root.hidden = answer === undefined;
        if (!answer) return;
        setText(label, answer.label);
        setText(percent, texts.answers.percent(answer.probability));
        fill.style.transform = `scaleX(${answer.probability})`;
        root.classList.toggle('sure', answer.probability >= threshold);
      });
    },
    announce(answers, threshold) {
      setText(spoken, saying(answers, threshold));
    },
  };
}
