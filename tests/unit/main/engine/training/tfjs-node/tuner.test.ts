import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createTunedNetwork } from '@main/engine/training/fine-tune/tuned-network';
import { connectTuner } from '@main/engine/training/tfjs-node/connect-tuner';
import { openTuner } from '@main/engine/training/tfjs-node/open-tuner';
import {
  isTfjsNodeBuilt,
  tfjsNodeFolder,
  tfjsNodePackage,
} from '@main/engine/training/tfjs-node/tfjs-node-folder';
import { createRandom } from '@shared/domain/random';
import { differentiatingTensorFlow } from '../../../../../fixtures/differentiating-tensorflow';
import { normals, smallClassifier } from '../../../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

const processFile = fileURLToPath(
  new URL('../../../../../fixtures/tuner-process.mjs', import.meta.url),
);
const inputs = normals(createRandom(1), 2 * 192, 0.7);
const batch = {
  rows: 2,
  inputs,
  targets: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0),
  weights: Float32Array.of(1, 1),
};

describe('without TensorFlow', () => {
  it('opening says what to build', async () => {
    const environment = { POCKETLENS_HOME: temporaryFolder() };
    await expect(openTuner({ processFile, environment })).rejects.toMatchObject({
      code: 'not-ready',
      remedy: expect.stringContaining('npm run tfjs-node:build'),
    });
  });

  it('a package that can’t be loaded is told with its reason', async () => {
    const packageFolder = join(temporaryFolder(), 'broken.cjs');
    writeFileSync(packageFolder, "throw new Error('wrong machine')");
    await expect(connectTuner({ processFile, packageFolder })).rejects.toMatchObject({
      code: 'runtime-failed',
      message: 'TensorFlow.js can’t be loaded for fine-tuning: wrong machine.',
      remedy: 'Run npm run tfjs-node:build again.',
    });
  });

  it('a process that dies fails the call with its last words', async () => {
    const packageFolder = join(temporaryFolder(), 'crashing.cjs');
    writeFileSync(
      packageFolder,
      "require('node:fs').writeSync(2, 'out of memory'); process.kill(process.pid, 'SIGKILL');",
    );
    await expect(connectTuner({ processFile, packageFolder })).rejects.toMatchObject({
      code: 'runtime-failed',
      message: 'TensorFlow’s process ended unexpectedly (SIGKILL): out of memory.',
    });
  });
});

const built = isTfjsNodeBuilt(tfjsNodeFolder());

describe.skipIf(!built)('with TensorFlow (npm run tfjs-node:build)', () => {
  const packageFolder = tfjsNodePackage(tfjsNodeFolder());

  it('trains as plain JavaScript does', async () => {
    const tf = await differentiatingTensorFlow();
    const here = createTunedNetwork(tf, 'here', smallClassifier());
    const tuner = await connectTuner({ processFile, packageFolder });
    expect(tuner.engine).toBe('tfjs-node 4.22.0');
    const there = await tuner.build(smallClassifier());
    for (const network of [here, there]) {
      await network.step(batch, 0.01);
      await network.step(batch, 0.005);
    }
    const [own, other] = [await here.logits(inputs, 2), await there.logits(inputs, 2)];
    other.forEach((value, i) => expect(value).toBeCloseTo(own[i]!, 3));
    await there.restore(await here.state());
    expect((await there.state()).weights).toEqual((await here.state()).weights);
    here.dispose();
    tuner.end();
  });

  it('dies without harm, and says how to go on', async () => {
    const tuner = await connectTuner({ processFile, packageFolder });
    const network = await tuner.build(smallClassifier());
    const bad = { ...batch, inputs: new Float32Array(3) };
    await expect(network.step(bad, 0.01)).rejects.toMatchObject({ code: 'runtime-failed' });
    await network.step(batch, 0.01);
    const running = network.step(batch, 0.01);
    tuner.end();
    await expect(running).rejects.toMatchObject({ code: 'runtime-failed' });
    await expect(network.logits(inputs, 2)).rejects.toMatchObject({ code: 'runtime-failed' });
  });
});
