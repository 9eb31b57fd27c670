import { createFakeJob } from '../../../fakes/fake-job';
import { createLoopback } from '@shared/rpc/channel';
import { createClient } from '@shared/rpc/client';
import { describe, expect, it, vi } from 'vitest';
import { connect, connectToScript, turn } from '../../../fakes/rpc-ends';

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
