// npm run bench [-- --photos N --vectors N]: figures of every stage as one JSON document on stdout. Nothing
// is asserted: a busy machine makes every figure worse and none of them wrong.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchMapLayout } from './map-layout';
import { benchManyPhotos } from './many-photos';
import { benchPlantedIssues } from './planted-issues';
import { benchWholeWay, seedPhotos } from './whole-way';

const { values } = parseArgs({
  options: {
    photos: { type: 'string', default: '2000' },
    vectors: { type: 'string', default: '10000' },
    pictures: { type: 'string', default: join(tmpdir(), 'pocketlens-bench-pictures') },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'pocketlens-bench-'));
try {
  const wholeWay = await benchWholeWay(join(folder, 'whole-way'));
  const manyPhotos = await benchManyPhotos(
    join(folder, 'many-photos'),
    Number(values.photos),
    values.pictures,
  );
  const mapLayout = await benchMapLayout(Number(values.vectors));
  const seed = seedPhotos();
  const plantedIssues = seed && (await benchPlantedIssues(join(folder, 'planted'), seed, 1));
  const report = {
    at: new Date().toISOString(),
    machine: {
      processor: cpus()[0]?.model,
      cores: availableParallelism(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
    },
    wholeWay,
    manyPhotos,
    mapLayout,
    plantedIssues,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
