import { usePhotoUrl } from '@renderer/stores/use-photo-url';
import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createFakeProgram } from '../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../fakes/render-studio';

function Picture() {
  return <img alt="a photo" src={usePhotoUrl()(1, 'thumbnail')} />;
}

it('gives photo 1 of another project another address', async () => {
  const { studio } = await openTestStudio(createFakeProgram());
  renderInStudio(studio, <Picture />);
  const source = () => screen.getByRole('img').getAttribute('src');
  const first = source();
  expect(first).toMatch(/^\/media\/photo\/1\/thumbnail\?v=.+/);

  const { project } = studio.stores.project.getState();
  if (!project) throw new Error('The fake program has a project open');
  act(() => {
    studio.stores.project.setState({
      project: { ...project, createdAt: '2027-01-01T00:00:00.000Z' },
    });
  });
  expect(source()).not.toBe(first);
});
