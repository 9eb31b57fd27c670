import type { ParsedInput } from '@shared/api/contract';
import { describe, expect, it } from 'vitest';
import { studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';

describe('label', () => {
  function labelStudio() {
    const calls: [string, unknown][] = [];
    const record =
      (name: string) =>
      (input: unknown): { description: string } => {
        calls.push([name, input]);
        return { description: `Did ${name}` };
      };
    const app = studio({
      'dataset.listPhotoIds': ({ filter }: ParsedInput<'dataset.listPhotoIds'>) => {
        calls.push(['list', filter]);
        return { photoIds: filter.text === 'none' ? [] : [3, 5, 8] };
      },
      'dataset.assignLabel': record('assign'),
      'dataset.setExcluded': record('exclude'),
      'dataset.renameLabel': record('rename'),
      'dataset.mergeLabels': record('merge'),
      'dataset.deleteLabel': record('delete'),
      'dataset.undo': record('undo'),
      'dataset.createLabel': ({ name }) => {
        calls.push(['create', name]);
        return { description: '', label: { id: 9, name, color: '#000000', position: 2 } };
      },
    });
    return { app, calls };
  }

  it.each([
    [
      ['--match', 'IMG', '--unlabeled', '--to', 'Banana'],
      [
        ['list', { text: 'IMG', unlabeled: true }],
        ['assign', { photoIds: [3, 5, 8], labelId: 1 }],
      ],
    ],
    [
      ['--photos', '5,4', '--to', 'plug'],
      [
        ['list', {}],
        ['create', 'plug'],
        ['assign', { photoIds: [5], labelId: 9 }],
      ],
    ],
    [
      ['--labeled', 'truck', '--clear'],
      [
        ['list', { labelIds: [2] }],
        ['assign', { photoIds: [3, 5, 8] }],
      ],
    ],
    [
      ['--photos', '8', '--exclude'],
      [
        ['list', {}],
        ['exclude', { photoIds: [8], excluded: true }],
      ],
    ],
    [['--rename', 'truck=lorry=big'], [['rename', { labelId: 2, name: 'lorry=big' }]]],
    [['--merge', 'truck=banana'], [['merge', { fromId: 2, intoId: 1 }]]],
    [['--delete', 'truck'], [['delete', { labelId: 2 }]]],
    [['--undo'], [['undo', {}]]],
    [[], []],
  ])('%j', async (options, expected) => {
    const { app, calls } = labelStudio();
    const run = await runFakeCli(app, ['label', 'p', ...options]);
    expect(run.code).toBe(0);
    expect(calls).toEqual(expected);
    expect(run.stdout).toContain('banana');
  });

  it.each([
    [['--to', 'banana'], 'No photos were chosen'],
    [['--match', 'none', '--clear'], 'No photo meets'],
    [['--photos', '1'], 'not what to do'],
    [['--clear', '--undo'], '--clear and --undo'],
    [['--delete', 'hat'], 'There is no label "hat"'],
  ])('%j is refused', async (options, message) => {
    const { app, calls } = labelStudio();
    const run = await runFakeCli(app, ['label', 'p', ...options]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(message);
    expect(calls.filter(([name]) => name !== 'list')).toEqual([]);
  });
});
