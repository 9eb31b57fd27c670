import { createFakeHandlers } from '../../../fakes/fake-handlers';
import { createFakeJob } from '../../../fakes/fake-job';
import type { Handlers } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import { type Channel, createLoopback } from '@shared/rpc/channel';
import { createClient } from '@shared/rpc/client';
import { createServer } from '@shared/rpc/server';
import { describe, expect, it, vi } from 'vitest';

function connect(given: Partial<Handlers> = {}) {
  const [clientEnd, serverEnd] = createLoopback();
  const serverDefects: unknown[] = [];
  const clientDefects: unknown[] = [];
  const server = createServer({
    handlers: createFakeHandlers(given),
    onDefect: (method, error) => serverDefects.push([method, error]),
  });
  server.connect(serverEnd);
  const client = createClient(clientEnd, { onDefect: (error) => clientDefects.push(error) });
  return { client, server, clientEnd, serverEnd, serverDefects, clientDefects };
}

/** A server end under the test's control: what the client sent, and a way to answer it. */
function connectToScript() {
  const [clientEnd, serverEnd] = createLoopback();
  const received: { type: string; id: number; method?: string }[] = [];
  serverEnd.onMessage((text) => received.push(JSON.parse(text)));
  const defects: unknown[] = [];
  const client = createClient(clientEnd, { onDefect: (error) => defects.push(error) });
  return { client, serverEnd, received, defects };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

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

describe('an event', () => {
  const job = createFakeJob();

  it('reaches every client and every listener until it stops listening', async () => {
    const { server, client } = connect();
    const [otherEnd, serverEnd] = createLoopback();
    server.connect(serverEnd);
    const other = createClient(otherEnd);
    const first = vi.fn();
    const second = vi.fn();
    const stop = client.on('jobs.changed', first);
    other.on('jobs.changed', second);
    server.emit('jobs.changed', { job });
    await turn();
    stop();
    server.emit('jobs.changed', { job: { ...job, done: 2 } });
    await turn();
    expect(first.mock.calls).toEqual([[{ job }]]);
    expect(second).toHaveBeenCalledTimes(2);
  });

  it('still reaches the other listeners when one throws', async () => {
    const { server, client, clientDefects } = connect();
    const failure = new Error('listener');
    const after = vi.fn();
    client.on('jobs.changed', () => {
      throw failure;
    });
    client.on('jobs.changed', after);
    server.emit('jobs.changed', { job });
    await turn();
    expect(after).toHaveBeenCalledOnce();
    expect(clientDefects).toEqual([failure]);
  });

  it('of an unknown name is passed over, of a wrong shape is reported, and calls go on', async () => {
    const { client, serverEnd, defects } = connectToScript();
    const listener = vi.fn();
    client.on('jobs.changed', listener);
    const call = client.call('projects.current', {});
    for (const name of ['phones.changed', 'constructor', 'jobs.changed']) {
      serverEnd.send(JSON.stringify({ type: 'event', name, payload: { job: 'no' } }));
    }
    serverEnd.send(JSON.stringify({ type: 'result', id: 1, value: {} }));
    await expect(call).resolves.toEqual({});
    expect(listener).not.toHaveBeenCalled();
    expect(defects).toHaveLength(1);
  });
});

describe('a closed channel', () => {
  it.each(['clientEnd', 'serverEnd'] as const)(
    'rejects what is pending and what comes later (%s closed it)',
    async (end) => {
      let handlerSignal: AbortSignal | undefined;
      const connection = connect({
        'projects.current': (_, { signal }) => {
          handlerSignal = signal;
          return new Promise(() => {});
        },
      });
      const pending = connection.client.call('projects.current', {});
      await turn();
      connection[end].close();
      await expect(pending).rejects.toMatchObject({ code: 'connection-lost' });
      await expect(connection.client.call('jobs.list', {})).rejects.toMatchObject({
        code: 'connection-lost',
      });
      await turn();
      expect(handlerSignal?.aborted).toBe(true);
    },
  );

  it('delivers what was sent before it closed, and nothing after', async () => {
    const [left, right] = createLoopback();
    const log: string[] = [];
    right.onMessage((text) => log.push(text));
    right.onClose(() => log.push('closed'));
    left.send('one');
    left.close();
    left.send('two');
    left.close();
    await turn();
    expect(log).toEqual(['one', 'closed']);
  });

  it.each(['not json', '{"type":"call"}', '[]', '{"type":"call","id":1.5,"method":"x"}'])(
    'is what a server answers %s with',
    async (text) => {
      const { clientEnd } = connect();
      await expectClosed(clientEnd, () => clientEnd.send(text));
    },
  );

  it('is what a server answers two running calls under one id with', async () => {
    const { clientEnd } = connect({ 'projects.current': () => new Promise(() => {}) });
    const call = JSON.stringify({ type: 'call', id: 1, method: 'projects.current', input: {} });
    await expectClosed(clientEnd, () => {
      clientEnd.send(call);
      clientEnd.send(call);
    });
  });

  it('is what a client answers nonsense with, so that no call waits for ever', async () => {
    const { client, serverEnd, defects } = connectToScript();
    const call = client.call('projects.current', {});
    serverEnd.send('<html>');
    await expect(call).rejects.toMatchObject({ code: 'connection-lost' });
    expect(defects).toHaveLength(1);
  });
});

async function expectClosed(channel: Channel, act: () => void): Promise<void> {
  const closed = vi.fn();
  channel.onClose(closed);
  act();
  await turn();
  expect(closed).toHaveBeenCalledOnce();
}
