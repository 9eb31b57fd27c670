import type { ModelsState } from '../messages';
import { texts } from '../texts';
import { element } from './element';

/** A button a model that was pushed, by its precision or, of two with the same, its name; hidden while there is only one. */
export function createPrecisionChoice(onChoose: (sha256: string) => void) {
  const root = element('div', {
    class: 'choice',
    role: 'group',
    'aria-label': texts.precision.title,
    hidden: '',
  });
  return {
    root,
    show({ models, running }: ModelsState): void {
      root.hidden = models.length < 2;
      const isOnly = (asked: string) =>
        models.filter(({ precision }) => precision === asked).length === 1;
      root.replaceChildren(
        ...models.map(({ sha256, name, precision }) => {
          const pressed = String(sha256 === running);
          const button = element(
            'button',
            { type: 'button', title: name, 'aria-pressed': pressed },
            isOnly(precision) ? texts.precision[precision] : name,
          );
          button.addEventListener('click', () => onChoose(sha256));
          return button;
        }),
      );
    },
  };
}
