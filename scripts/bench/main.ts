// npm run bench: figures of every stage as one JSON document on stdout. Nothing is asserted: a busy machine makes
// every figure worse and none of them wrong.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { benchCompanionPage } from './companion-page';
import { benchFineTuning } from './fine-tuning';
import { benchMapLayout } from './map-layout';
import { benchManyPhotos, benchProject } from './many-photos';
import { benchOpenedBase } from './opened-base';
import { benchPlantedIssues } from './planted-issues';
import { benchQuantization } from './quantization';
import { benchPretrainedClassifier } from './pretrained-classifier';
import { benchPushToPhone } from './push-to-phone';
import { benchRuntimes } from './runtimes';
import { benchFirstLabels, benchSuggestions } from './suggestions';
import { benchWholeWay, seedPhotos } from './whole-way';

const command = new Command('npm run bench --')
  .description('Figures of every stage as one JSON document on stdout.')
  .option('--stage <name>', 'this stage only')
  .option('--photos <count>', 'drawn photos of the stage manyPhotos', '2000')
  .option('--vectors <count>', 'features of the stages mapLayout and suggestions', '10000')
  .option('--project <dir>', 'a project that is there instead, which takes no import')
  .option(
    '--pictures <dir>',
    'where drawn photos are kept between runs',
    join(tmpdir(), 'pocketlens-bench-pictures'),
  )
  .parse();
const values = command.opts<{
  stage?: string;
  photos: string;
  vectors: string;
  project?: string;
  pictures: string;
}>();

const folder = await mkdtemp(join(tmpdir(), 'pocketlens-bench-'));
try {
  const stages =
    values.project === undefined
      ? await everyStage()
      : { project: await benchProject(join(folder, 'home'), values.project) };
  const report = {
    at: new Date().toISOString(),
    machine: {
      processor: cpus()[0]?.model,
      cores: availableParallelism(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
    },
    ...stages,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** All stages, or the one of that name. */
async function everyStage() {
  const seed = seedPhotos();
  const stages = {
    runtimes: () => benchRuntimes(join(folder, 'runtimes')),
    wholeWay: () => benchWholeWay(join(folder, 'whole-way')),
    manyPhotos: () =>
      benchManyPhotos(join(folder, 'many-photos'), Number(values.photos), values.pictures),
    mapLayout: () => benchMapLayout(Number(values.vectors)),
    suggestions: () => benchSuggestions(join(folder, 'suggestions'), Number(values.vectors)),
    firstLabels: () => seed && benchFirstLabels(join(folder, 'first-labels'), seed, 5),
    quantization: () => seed && benchQuantization(dirname(seed)),
    pretrainedClassifier: () => {
      const backbones = seed && join(dirname(seed), '..', 'backbones');
      return backbones && existsSync(backbones)
        ? benchPretrainedClassifier(dirname(seed), backbones)
        : undefined;
    },
    plantedIssues: () => seed && benchPlantedIssues(join(folder, 'planted'), seed, 1),
    pushToPhone: () => benchPushToPhone(join(folder, 'push-to-phone'), 5),
    companionPage: () => benchCompanionPage(join(folder, 'companion-page'), seed),
    openedBase: () => seed && benchOpenedBase(join(folder, 'opened-base'), seed),
    fineTuning: () => seed && benchFineTuning(join(folder, 'fine-tuning'), seed),
  };
  const asked = Object.entries(stages).filter(
    ([name]) => values.stage === undefined || name === values.stage,
  );
  if (asked.length === 0) {
    command.error(`There is no stage ${values.stage}: ${Object.keys(stages).join(', ')}.`);
  }
  const figures: Record<string, unknown> = {};
  for (const [name, measure] of asked) figures[name] = await measure();
  return figures;
}
