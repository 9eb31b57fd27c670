import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { describeGraph } from '@main/workers/describe-graph';
import { graphSummarySchema } from '@shared/domain/graph-summary';
import { describe, expect, it } from 'vitest';
import { createFakeRuntime } from '../../../fakes/fake-runtime';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { smallClassifier } from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const describeFile = (modelFile: string, signal = new AbortController().signal) =>
  describeGraph({ modelFile }, createTaskContext(createFakeRuntime(), { signal }));

describe('the description of a model file', () => {
  it('says which bytes it is about, and fits the schema', async () => {
    const bytes = writeTflite(smallClassifier());
    const path = join(temporaryFolder(), 'm.tflite');
    writeFileSync(path, bytes);
    const summary = await describeFile(path);
    expect(graphSummarySchema.parse(summary)).toEqual(summary);
    expect(summary).toMatchObject({
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(summary.operators).toHaveLength(6);
  });

  it('is refused for a file that is not there, or that is no model', async () => {
    const folder = temporaryFolder();
    await expect(describeFile(join(folder, 'none.tflite'))).rejects.toMatchObject({
      code: 'model-unreadable',
    });
    const text = join(folder, 'text.tflite');
    writeFileSync(text, 'This is not a model at all.');
    await expect(describeFile(text)).rejects.toMatchObject({ code: 'model-unreadable' });
  });

  it('stops when cancelled', async () => {
    await expect(describeFile('none.tflite', AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
