import type { Handlers, StudioClient } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import { createClient } from '@shared/rpc/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeJob } from '../fakes/fake-job';
import { type Connection, transports } from './transports';

vi.mock('electron', () => import('../fakes/fake-electron'));

/** One suite for every way to reach the studio: what holds on one holds on all. */
describe.each(Object.entries(transports))('over %s', (name, connect) => {
  let connection: Connection | undefined;

  async function clientOf(handlers: Partial<Handlers>): Promise<StudioClient> {
    connection = await connect({ handlers });
    return createClient(connection.channel);
  }

  afterEach(async () => {
    await connection?.dispose();
    connection = undefined;
  });

  it('a call brings back its answer, input parsed', async () => {
    const seen: unknown[] = [];
    const client = await clientOf({
      'dataset.importPhotos': (input) => {
        seen.push(input);
        return { jobId: 'job-7' };
      },
    });
    await expect(client.call('dataset.importPhotos', { sourceIds: ['a'] })).resolves.toEqual({
      jobId: 'job-7',
    });
    expect(seen).toEqual([{ sourceIds: ['a'], copy: false, labels: 'folders' }]);
  });

  it('texts of any language and large lists survive', async () => {
    const label = 'Größe “1” 香蕉 🍌 \u2028 </script>';
    const photoIds = Array.from({ length: 200_000 }, (_, index) => index + 1);
    const client = await clientOf({
      'dataset.createLabel': (input) => ({
        description: input.name,
        label: { id: 1, name: input.name, color: '#000000', position: 0 },
      }),
      'dataset.listPhotoIds': () => ({ photoIds }),
      'dataset.assignLabel': (input) => ({ description: String(input.photoIds.length) }),
    });
    expect((await client.call('dataset.createLabel', { name: label })).label.name).toBe(label);
    expect((await client.call('dataset.listPhotoIds', {})).photoIds).toEqual(photoIds);
    await expect(client.call('dataset.assignLabel', { photoIds })).resolves.toEqual({
      description: '200000',
    });
  });

  it('many calls at once each get their own answer', async () => {
    const client = await clientOf({
      'models.rename': async ({ modelId }) => {
        const number = Number(modelId.slice('model-'.length));
        if (number % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
        throw new AppError('not-found', `There is no ${modelId}.`);
      },
    });
    const ids = Array.from({ length: 50 }, (_, index) => `model-${index}`);
    const messages = await Promise.all(
      ids.map((modelId) =>
        client
          .call('models.rename', { modelId, name: 'x' })
          .catch((error: unknown) => String(error)),
      ),
    );
    expect(messages).toEqual(ids.map((id) => `AppError: There is no ${id}.`));
  });

  it('an error keeps its code, its sentence and its remedy', async () => {
    const client = await clientOf({
      'projects.current': () => {
        throw new AppError('project-locked', 'It is open elsewhere.', 'Close it there.');
      },
    });
    const error = await client.call('projects.current', {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'project-locked',
      message: 'It is open elsewhere.',
      remedy: 'Close it there.',
    });
  });

  it('a defect reaches the log and not the client', async () => {
    const defect = new TypeError('secret');
    const client = await clientOf({
      'projects.current': () => {
        throw defect;
      },
    });
    await expect(client.call('projects.current', {})).rejects.toMatchObject({
      code: 'internal',
      message: expect.not.stringContaining('secret'),
    });
    expect(connection?.studio.defects).toEqual([defect]);
  });

  it('bad input and what is not there are refused', async () => {
    const client = await clientOf({});
    await expect(client.call('dataset.createLabel', { name: '' })).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(client.call('models.get', { modelId: '../../x' })).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(client.call('models.list', {})).rejects.toMatchObject({ code: 'not-found' });
  });

  it('cancelling rejects the call and aborts its work', async () => {
    let signal: AbortSignal | undefined;
    const client = await clientOf({
      'projects.current': (_, context) => {
        signal = context.signal;
        return new Promise(() => {});
      },
    });
    const controller = new AbortController();
    const call = client.call('projects.current', {}, { signal: controller.signal });
    await vi.waitFor(() => expect(signal).toBeDefined());
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => expect(signal?.aborted).toBe(true));
  });

  it('events arrive in order', async () => {
    const client = await clientOf({ 'projects.current': () => ({}) });
    const done: number[] = [];
    client.on('jobs.changed', ({ job }) => done.push(job.done));
    await client.call('projects.current', {});
    for (let count = 0; count < 20; count++) {
      connection?.studio.emit('jobs.changed', { job: createFakeJob({ done: count }) });
    }
    await vi.waitFor(() => expect(done).toHaveLength(20));
    expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('an event sent before an answer arrives before it', async () => {
    const client = await clientOf({
      'jobs.cancel': () => {
        connection?.studio.emit('jobs.changed', { job: createFakeJob({ state: 'cancelled' }) });
        return {};
      },
    });
    const order: string[] = [];
    client.on('jobs.changed', () => order.push('event'));
    await client.call('jobs.cancel', { jobId: 'job-1' }).then(() => order.push('answer'));
    expect(order).toEqual(['event', 'answer']);
  });

  it('a lost connection aborts the work of its calls', async () => {
    let signal: AbortSignal | undefined;
    const client = await clientOf({
      'projects.current': (_, context) => {
        signal = context.signal;
        return new Promise(() => {});
      },
    });
    const call = client.call('projects.current', {});
    call.catch(() => undefined);
    await vi.waitFor(() => expect(signal).toBeDefined());
    await connection?.cut();
    await vi.waitFor(() => expect(signal?.aborted).toBe(true));
    // A window takes its page along: nobody is left to be told.
    if (!name.startsWith('IPC')) {
      await expect(call).rejects.toMatchObject({ code: 'connection-lost' });
    }
  });
});
