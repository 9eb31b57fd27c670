import { useEffect } from 'react';
import { attempt } from '../ui/attempt';
import { type Action, isEnabled } from './action';
import { matchesKey, parseKey } from '../ui/keys';

/** Runs the action of a key, wherever the focus is, unless it is needed for typing. */
export function useActionKeys(current: () => readonly Action[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const action = current().find((candidate) =>
        candidate.keys.some((key) => matchesKey(key, event) && !isTakenBy(event.target, key)),
      );
      if (!action || !isEnabled(action)) return;
      event.preventDefault();
      if (action.once && event.repeat) return;
      void attempt(action.run);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [current]);
}

/** What has the focus needs the key itself: text fields, open menus and dialogs, buttons. */
export function isTakenBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  const { mod, alt, key: name } = parseKey(key);
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return true;
  if (isTextField(target)) return !alt && !(mod && name === 'k');
  if (target.closest('[role="slider"], [role="radiogroup"], [role="tablist"]')) {
    return name.startsWith('Arrow') || name === 'Home' || name === 'End';
  }
  const pressable = target.closest('button, a[href], input, summary, [role="button"]');
  return pressable !== null && (name === ' ' || name === 'Enter');
}

function isTextField(target: Element): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLElement && target.isContentEditable) return true;
  const noText = ['checkbox', 'radio', 'range', 'button', 'file', 'color'];
  return target instanceof HTMLInputElement && !noText.includes(target.type);
}
