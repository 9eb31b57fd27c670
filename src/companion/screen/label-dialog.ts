import { bestOf } from '../feedback/write-correction';
import type { PictureAnswer } from '../messages';
import { texts } from '../texts';
import { element, setText } from './element';

/** The photo, what the model said of it, and a button for each label. */
export function createLabelDialog(onSaid: (label: string | undefined) => void) {
  const photo = element('img', { alt: texts.correction.photo });
  const said = element('p');
  const labels = element('div', { class: 'labels' });
  const none = element('button', { type: 'button' }, texts.correction.none);
  const cancel = element('button', { type: 'button' }, texts.correction.cancel);
  const title = element('h2', { id: 'correction-title' }, texts.correction.title);
  const root = element(
    'dialog',
    { 'aria-labelledby': 'correction-title' },
    element('div', { class: 'asked' }, photo, element('div', {}, title, said)),
    labels,
    element('div', { class: 'buttons' }, none, cancel),
  );
  const say = (label: string | undefined) => {
    root.close();
    onSaid(label);
  };
  none.addEventListener('click', () => say(undefined));
  cancel.addEventListener('click', () => root.close());
  root.addEventListener('close', () => {
    URL.revokeObjectURL(photo.src);
    photo.removeAttribute('src');
  });

  return {
    root,
    ask(jpeg: Blob, answer: PictureAnswer): void {
      photo.src = URL.createObjectURL(jpeg);
      const { label, probability } = bestOf(answer);
      setText(said, texts.correction.answered(label, texts.answers.percent(probability)));
      labels.replaceChildren(
        ...answer.labels.map((each) => {
          const button = element('button', { type: 'button' }, each);
          button.addEventListener('click', () => say(each));
          return button;
        }),
      );
      root.showModal();
    },
  };
}
