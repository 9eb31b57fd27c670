import { describe, expect, it } from 'vitest';
import { createFakeHub } from '../../../../fakes/fake-devices';
import { pixel } from '../../../../fakes/fake-phone';
import { openFeedbackStudio } from '../../../../fixtures/feedback-studio';

describe('reading phones', () => {
  it('says that none is connected, or which step is missing before', async () => {
    const hub = createFakeHub();
    const { ask, deployments } = openFeedbackStudio({ hub, deviceId: pixel.id });
    await expect(ask()).rejects.toMatchObject({
      code: 'device-gone',
      remedy: expect.stringContaining('Plug it in'),
    });
    hub.plugIn([{ ...pixel, state: 'unauthorized' }]);
    await expect(ask()).rejects.toMatchObject({ code: 'device-gone' });
    hub.plugIn([pixel]);
    deployments.length = 0;
    await expect(ask()).rejects.toMatchObject({
      code: 'not-found',
      remedy: expect.stringContaining('Push one'),
    });
  });

  it('passes on what a phone has against it', async () => {
    const hub = createFakeHub([pixel]);
    const { ask, jobs } = openFeedbackStudio({ hub, deviceId: pixel.id });
    await expect(ask()).rejects.toThrow('can’t be reached');
    expect(jobs.started).toEqual([]);
  });

  it('looks for phones by itself only after the project has pushed to one', async () => {
    const hub = createFakeHub([pixel]);
    const watched: string[] = [];
    const watch = hub.watch.bind(hub);
    hub.watch = (listener) => {
      watched.push('watched');
      return watch(listener);
    };
    const { deployments, jobs } = openFeedbackStudio({ hub, deviceId: pixel.id });
    expect(watched).toEqual([]);
    const before = deployments.splice(0);
    const studio = openFeedbackStudio({ hub, deviceId: pixel.id, watches: true, deployments });
    expect(watched).toEqual([]);
    deployments.push(...before);
    studio.jobs.register('push', { resumable: true, run: async () => ({}) });
    studio.jobs.start('push', 'Pushing', {});
    await studio.jobs.last().run();
    expect(watched).toEqual(['watched']);
    expect(jobs.started).toEqual([]);
  });

  it('has a worker ready for a phone that may send something, and for no other', async () => {
    const hub = createFakeHub();
    const { project } = openFeedbackStudio({ hub, deviceId: pixel.id, watches: true });
    let prepared = 0;
    project.context.workers.prepare = () => {
      prepared += 1;
    };
    hub.plugIn([{ ...pixel, id: 'android:OTHER' }]);
    expect(prepared).toBe(0);
    hub.plugIn([pixel]);
    expect(prepared).toBe(1);
    hub.plugIn([pixel]);
    expect(prepared).toBe(1);
  });
});
