import { currentDeployments, previousDeployment } from '@shared/domain/deployment';
import { expect, it } from 'vitest';
import { createFakeDeployment } from '../../../fakes/fake-deployment';

const push = (number: number, model: string, changes = {}) =>
  createFakeDeployment({
    id: `push-${number}`,
    models: [{ modelId: 'model-1', name: model, precision: 'int8', sha256: model, bytes: 1 }],
    ...changes,
  });

it('a phone runs the newest push to each target', () => {
  const other = { ...push(1, 'a').target, id: 'target-1' };
  const list = [push(3, 'c'), push(2, 'b', { target: other }), push(1, 'a')];
  expect(currentDeployments(list, 'android:PIXEL8').map(({ id }) => id)).toEqual([
    'push-3',
    'push-2',
  ]);
  expect(currentDeployments(list, 'android:OTHER')).toEqual([]);
});

it('a phone goes back to other models, and further back the second time', () => {
  const list = [push(4, 'c'), push(3, 'c'), push(2, 'b'), push(1, 'a')];
  expect(previousDeployment(list, list[0]!)?.id).toBe('push-2');
  const back = push(5, 'b', { restores: 'push-2' });
  expect(previousDeployment([back, ...list], back)?.id).toBe('push-1');
  const all = push(6, 'a', { restores: 'push-1' });
  expect(previousDeployment([all, back, ...list], all)).toBeUndefined();
});

it('what went to other phones is nothing to go back to', () => {
  const list = [push(2, 'b'), push(1, 'a', { deviceId: 'android:OTHER' })];
  expect(previousDeployment(list, list[0]!)).toBeUndefined();
});
