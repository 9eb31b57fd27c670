import { type Channel, createLoopback } from '@shared/rpc/channel';
import { describe, expect, it, vi } from 'vitest';
import { connect, connectToScript, turn } from '../../../fakes/rpc-ends';

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
