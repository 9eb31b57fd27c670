import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';

it('create makes the project and names it after its folder', async () => {
  const made: [string, string][] = [];
  const app = studio({
    'projects.current': () => ({
      project: {
        name: 'things',
        folder: '/x',
        createdAt: '2026-01-01T00:00:00Z',
        generated: false,
      },
    }),
  });
  app.createProject = (folder, name) => {
    made.push([folder, name]);
    return Promise.resolve();
  };
  expect((await runFakeCli(app, ['create', 'my/things', '--json'])).json()).toMatchObject({
    project: { name: 'things' },
  });
  expect(made).toEqual([[resolve('my/things'), 'things']]);
});
