import { packHashes } from '@main/platform/photo-hashes';
import { layOutMap } from '@main/workers/lay-out-map';
import type { TaskProgress } from '@main/workers/tasks';
import { describe, expect, it } from 'vitest';
import { createFakeRuntime } from '../../../fakes/fake-runtime';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { drawBlobs } from '../engine/curation/blobs';

const rows = drawBlobs({ count: 300, width: 16, centers: 3 });
const embedding = {
  photoIds: Uint32Array.from({ length: 300 }, (_, row) => row * 2 + 1),
  hashes: packHashes('00'.repeat(300 * 32)),
  dimensions: 16,
  vectors: rows.data,
};

function contextOf(signal?: AbortSignal) {
  const reports: TaskProgress<'lay-out-map'>[] = [];
  const context = createTaskContext<'lay-out-map'>(createFakeRuntime(), {
    report: (progress) => reports.push(progress),
    ...(signal ? { signal } : {}),
  });
  return { context, reports };
}

describe('lay-out-map', () => {
  it('lays out those that are asked for and embedded, inside the frame, and says how far it is', async () => {
    const { context, reports } = contextOf();
    const photoIds = Uint32Array.from([...embedding.photoIds.subarray(0, 250), 9999]);
    const output = await layOutMap({ embedding, photoIds, seed: 1 }, context);
    expect(output.photoIds).toEqual(embedding.photoIds.slice(0, 250));
    expect(output.positions).toHaveLength(500);
    expect(output.positions.every((value) => Math.abs(value) <= 1.000_001)).toBe(true);
    expect(reports[0]).toEqual({ step: 'neighbors', done: 0, total: 250 });
    expect(reports.some(({ step, total }) => step === 'arranging' && total === 500)).toBe(true);
  });

  it('sees a cancel between two turns', async () => {
    const controller = new AbortController();
    const { context } = contextOf(controller.signal);
    context.report = ({ step }) => {
      if (step === 'arranging') controller.abort();
    };
    await expect(
      layOutMap({ embedding, photoIds: embedding.photoIds, seed: 1 }, context),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
