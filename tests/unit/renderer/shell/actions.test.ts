import type { Action } from '@renderer/actions/action';
import { i18n } from '@renderer/i18n/i18n';
import { places } from '@renderer/shell/places';
import { shellActions } from '@renderer/shell/shell-actions';
import { placeIds } from '@renderer/stores/view-store';
import { describe, expect, it } from 'vitest';
import { fakeLabels, fakePhoto } from '../fakes/fake-photos';
import { createFakeProgram } from '../fakes/fake-program';
import { openTestStudio } from '../fakes/render-studio';

/** More labels than there are keys for. */
const names = Array.from({ length: 40 }, (_, i) => `label ${i + 1}`);

async function openStudio() {
  const program = createFakeProgram({ photos: [fakePhoto(1)], labels: fakeLabels(names) });
  return (await openTestStudio(program)).studio;
}

const duplicates = (values: readonly string[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe('actions', () => {
  it('has the five places in the order of the work', () => {
    expect(places.map(({ id }) => id)).toEqual([...placeIds]);
  });

  it.each(placeIds)('%s: no key means two things, no id is used twice', async (id) => {
    const studio = await openStudio();
    const place = places.find((candidate) => candidate.id === id);
    const actions: Action[] = [...(place?.actions(studio) ?? []), ...shellActions(studio)];
    expect(duplicates(actions.flatMap(({ keys }) => keys))).toEqual([]);
    expect(duplicates(actions.map((action) => action.id))).toEqual([]);
  });

  it('gives every action a title', async () => {
    const studio = await openStudio();
    const actions = [...places.flatMap((place) => place.actions(studio)), ...shellActions(studio)];
    for (const { titleKey, titleValues } of actions) {
      const title = i18n.t(titleKey, titleValues);
      expect(title).not.toBe(titleKey);
      expect(title).not.toContain('{{');
    }
  });
});
