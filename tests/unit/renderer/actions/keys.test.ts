import { isTakenBy } from '@renderer/actions/use-action-keys';
import { keyCaps, type KeyPress, matchesKey } from '@renderer/ui/keys';
import { describe, expect, it } from 'vitest';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('matchesKey', () => {
  it('takes mod for Control, and for Command on a Mac', () => {
    expect(matchesKey('mod+k', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matchesKey('mod+k', press('k', { metaKey: true }), false)).toBe(false);
    expect(matchesKey('mod+k', press('k', { metaKey: true }), true)).toBe(true);
    expect(matchesKey('mod+k', press('k', { ctrlKey: true }), true)).toBe(false);
  });

  it('needs every modifier and no other', () => {
    expect(matchesKey('z', press('z', { ctrlKey: true }), false)).toBe(false);
    expect(matchesKey('mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matchesKey('mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(
      true,
    );
    expect(matchesKey('shift+ArrowUp', press('ArrowUp'), false)).toBe(false);
  });

  it('finds letters with Caps Lock on', () => {
    expect(matchesKey('x', press('X'), false)).toBe(true);
  });

  it('takes a sign however the keyboard makes it', () => {
    expect(matchesKey('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(matchesKey('?', press('?'), false)).toBe(true);
  });

  it('goes by the place of the key where Option changes the letter', () => {
    expect(matchesKey('alt+j', press('∆', { altKey: true, code: 'KeyJ' }), true)).toBe(true);
    expect(matchesKey('alt+2', press('™', { altKey: true, code: 'Digit2' }), true)).toBe(true);
  });
});

describe('keyCaps', () => {
  it('draws what is on the keyboard', () => {
    expect(keyCaps('mod+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K']);
    expect(keyCaps(' ', false)).toEqual(['Space']);
  });
});

describe('isTakenBy', () => {
  function element(html: string): Element {
    document.body.innerHTML = html;
    const found = document.querySelector('[data-target]');
    if (!found) throw new Error('no target');
    return found;
  }

  it('leaves letters to text fields, but not the palette', () => {
    const field = element('<input data-target />');
    expect(isTakenBy(field, 'x')).toBe(true);
    expect(isTakenBy(field, 'mod+z')).toBe(true);
    expect(isTakenBy(field, 'mod+k')).toBe(false);
    expect(isTakenBy(field, 'alt+2')).toBe(false);
  });

  it('leaves Space and Enter to buttons, and nothing else', () => {
    const button = element('<button><span data-target></span></button>');
    expect(isTakenBy(button, ' ')).toBe(true);
    expect(isTakenBy(button, '1')).toBe(false);
  });

  it('leaves everything to dialogs and menus', () => {
    expect(isTakenBy(element('<div role="dialog"><p data-target></p></div>'), '1')).toBe(true);
  });

  it('leaves arrows to sliders', () => {
    const slider = element('<div role="slider" data-target></div>');
    expect(isTakenBy(slider, 'ArrowLeft')).toBe(true);
    expect(isTakenBy(slider, 'x')).toBe(false);
  });
});
