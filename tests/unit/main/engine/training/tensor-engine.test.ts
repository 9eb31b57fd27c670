import { describe, expect, it } from 'vitest';
import { chooseEngine, loadTensorEngine } from '@main/engine/training/tensor-engine';

const failing = (title: string, message: string) => ({
  backend: 'none',
  title,
  provide: () => Promise.reject(new Error(message)),
});
const javaScript = {
  backend: 'cpu',
  title: 'tfjs JavaScript',
  provide: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
  },
};

describe('loadTensorEngine', () => {
  it('computes, and says what it is', async () => {
    const { tf, name } = await loadTensorEngine();
    expect(name).toMatch(/^tfjs(-node| WebAssembly| JavaScript) 4\.\d+\.\d+$/);
    const product = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]]));
    expect([...product.dataSync()]).toEqual([11]);
  });

  it('says why it is not faster, exactly when it is not the fastest', async () => {
    const { name, note } = await loadTensorEngine();
    if (name.startsWith('tfjs-node')) expect(note).toBeUndefined();
    else expect(note).toMatch(/tfjs-node is not used: .+\./);
  });
});

describe('chooseEngine', () => {
  it('falls back and keeps every reason', async () => {
    const engine = await chooseEngine([
      failing('first', 'no such library\nwith details'),
      failing('second', 'too old.'),
      javaScript,
    ]);
    expect(engine.name).toMatch(/^tfjs JavaScript/);
    expect(engine.note).toBe('first is not used: no such library. second is not used: too old.');
  });

  it('refuses when nothing works', async () => {
    await expect(chooseEngine([failing('only', 'broken')])).rejects.toMatchObject({
      code: 'runtime-failed',
      remedy: 'only is not used: broken.',
    });
  });
});
