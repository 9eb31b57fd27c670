import { texts } from '../texts';
import { element, setText } from './element';

/** Photos straight into a label: which one, the shutter, and how many were taken. */
export function createCollectPanel(onShutter: (label: string) => void) {
  const label = element('select');
  const shutter = element('button', { type: 'button', class: 'main' });
  const root = element(
    'section',
    { class: 'collect', 'aria-label': texts.collect.title, hidden: '' },
    element('label', {}, element('span', {}, texts.collect.into), label),
    shutter,
  );
  const name = () => setText(shutter, texts.collect.shutter(label.value));
  label.addEventListener('change', name);
  shutter.addEventListener('click', () => onShutter(label.value));

  return {
    root,
    /** The chosen one stays, where the next model has it, too. */
    setLabels(labels: readonly string[]): void {
      const chosen = label.value;
      label.replaceChildren(...labels.map((each) => element('option', { value: each }, each)));
      if (labels.includes(chosen)) label.value = chosen;
      name();
    },
  };
}
