import { AppError } from '@shared/api/errors';
import { describe, expect, it, vi } from 'vitest';
import { connect, connectToScript, turn } from '../../../fakes/rpc-ends';

describe('a call', () => {
  it('reaches its handler with defaults filled in and brings back the answer', async () => {
    const seen: unknown[] = [];
    const { client } = connect({
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

  it('keeps the answers of calls apart that finish in another order', async () => {
    const { client } = connect({
      'dataset.createLabel': async ({ name }) => {
        if (name === 'slow') await turn();
        return {
          description: name,
          label: { id: 1, name, color: '#000000', position: 0 },
        };
      },
    });
    const answers = await Promise.all(
      ['slow', 'quick'].map((name) => client.call('dataset.createLabel', { name })),
    );
    expect(answers.map((answer) => answer.description)).toEqual(['slow', 'quick']);
  });

  it('carries a payload of several megabytes both ways', async () => {
    const photoIds = Array.from({ length: 500_000 }, (_, index) => index + 1);
    const { client } = connect({
      'dataset.assignLabel': (input) => ({ description: `${input.photoIds.length}` }),
      'dataset.listPhotoIds': () => ({ photoIds }),
    });
    await expect(client.call('dataset.assignLabel', { photoIds })).resolves.toEqual({
      description: '500000',
    });
    await expect(client.call('dataset.listPhotoIds', {})).resolves.toEqual({ photoIds });
  });

  it('whose input cannot be written as JSON rejects and leaves nothing behind', async () => {
    const { client, clientEnd } = connect();
    const circular: { name: string; self?: unknown } = { name: 'x' };
    circular.self = circular;
    const controller = new AbortController();
    await expect(
      client.call('dataset.createLabel', circular, { signal: controller.signal }),
    ).rejects.toThrow(TypeError);
    const send = vi.spyOn(clientEnd, 'send');
    controller.abort();
    expect(send).not.toHaveBeenCalled();
  });
});

describe('an error', () => {
  it('arrives as an AppError with code, message and remedy', async () => {
    const { client, serverDefects } = connect({
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
    expect(serverDefects).toEqual([]);
  });

  it('that is a defect is logged with its stack and does not cross the wire', async () => {
    const defect = new TypeError('secret path /home/ada');
    const { client, serverDefects } = connect({
      'projects.current': () => {
        throw defect;
      },
    });
    await expect(client.call('projects.current', {})).rejects.toMatchObject({
      code: 'internal',
      message: expect.not.stringContaining('secret'),
    });
    expect(serverDefects).toEqual([['projects.current', defect]]);
  });

  it.each(['no.such', 'constructor', '__proto__', 'toString'])(
    'says that there is no method %s',
    async (method) => {
      const { clientEnd } = connect();
      const texts: string[] = [];
      clientEnd.onMessage((text) => texts.push(text));
      clientEnd.send(JSON.stringify({ type: 'call', id: 999, method, input: {} }));
      await turn();
      expect(JSON.parse(texts[0] ?? '')).toMatchObject({
        type: 'error',
        id: 999,
        error: { code: 'bad-request', message: `There is no method ${method}.` },
      });
    },
  );

  it('names the field of a bad input', async () => {
    const { client } = connect();
    await expect(client.call('dataset.createLabel', { name: '  ' })).rejects.toMatchObject({
      code: 'bad-request',
      message: 'name: A label needs a name',
    });
  });

  it('is raised for an answer of the wrong shape, on either side', async () => {
    const wrong = { jobs: 'none' } as unknown as { jobs: [] };
    const { client, serverDefects } = connect({ 'jobs.list': () => wrong });
    await expect(client.call('jobs.list', {})).rejects.toMatchObject({ code: 'internal' });
    expect(serverDefects).toHaveLength(1);

    const script = connectToScript();
    const call = script.client.call('jobs.list', {});
    script.serverEnd.send(JSON.stringify({ type: 'result', id: 1, value: wrong }));
    await expect(call).rejects.toMatchObject({ message: expect.stringContaining('jobs.list') });
    expect(script.defects).toHaveLength(1);
  });
});

describe('cancelling', () => {
  it('rejects at once and aborts the signal of the handler', async () => {
    let handlerSignal: AbortSignal | undefined;
    const { client } = connect({
      'projects.current': (_, { signal }) => {
        handlerSignal = signal;
        return new Promise(() => {});
      },
    });
    const controller = new AbortController();
    const call = client.call('projects.current', {}, { signal: controller.signal });
    await turn();
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await turn();
    expect(handlerSignal?.aborted).toBe(true);
  });

  it('before the call sends nothing', async () => {
    const { client, received } = connectToScript();
    await expect(
      client.call('projects.current', {}, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    await turn();
    expect(received).toEqual([]);
  });

  it('after the answer sends nothing', async () => {
    const { client, clientEnd } = connect({ 'projects.current': () => ({}) });
    const controller = new AbortController();
    await client.call('projects.current', {}, { signal: controller.signal });
    const send = vi.spyOn(clientEnd, 'send');
    controller.abort();
    expect(send).not.toHaveBeenCalled();
  });

  it('drops an answer that comes all the same', async () => {
    const { client, serverEnd, received, defects } = connectToScript();
    const controller = new AbortController();
    const call = client.call('projects.current', {}, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    serverEnd.send(JSON.stringify({ type: 'result', id: 1, value: {} }));
    await turn();
    expect(received.map((message) => message.type)).toEqual(['call', 'cancel']);
    expect(defects).toEqual([]);
  });
});
