import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { chooseRuntime } from '../engine/runtime/choose-runtime';
import { openOtherRuntime } from '../engine/runtime/other-runtime';
import type { Runtime } from '../engine/runtime/runtime';
import { openTuner } from '../engine/training/tfjs-node/open-tuner';
import { type CacheStore, openCacheStore } from '../platform/cache-store';
import { analyzePhotos } from './analyze-photos';
import { embedPhotos } from './embed-photos';
import { findSimilar } from './find-similar';
import { measureThumbnails } from './measure-thumbnails';
import { answerPhotos } from './answer-photos';
import { applyHead } from './apply-head';
import { answerDisturbed } from './answer-disturbed';
import { checkPreprocessing } from './check-preprocessing';
import { crossCheck } from './cross-check';
import { describeGraph } from './describe-graph';
import { describeTrainer } from './describe-trainer';
import { describeFineTuning } from './describe-fine-tuning';
import { explainPhotos } from './explain-photos';
import { extractFeatures } from './extract-features';
import { fineTuneClassifier } from './fine-tune-classifier';
import { finishDataset } from './dataset/finish-dataset';
import { writeDatasetPart } from './dataset/write-dataset-part';
import { generateSample } from './generate-sample';
import { groupPhotos } from './group-photos';
import { hashFiles } from './hash-files';
import { inspectCuts } from './inspect-cuts';
import { inspectPhotos } from './inspect-photos';
import { layOutMap } from './lay-out-map';
import { measureLeak } from './measure-leak';
import { measureLayers } from './measure-layers';
import { measureLatency } from './measure-latency';
import { previewAugmentation } from './preview-augmentation';
import { openBase } from './open-base';
import { openClassifier } from './open-classifier';
import { quantizeModel } from './quantize-model';
import { readContract } from './read-contract';
import { readHead } from './read-head';
import { readPhotoList } from './read-photo-list';
import { renderPhoto } from './render-photo';
import { scoreHeads } from './score-heads';
import { serveTasks, type TaskRegistry } from './serve-tasks';
import { spreadPhotos } from './spread-photos';
import { tracePhoto } from './trace-photo';
import { trainClassifier } from './train-classifier';
import { voteNeighbors } from './vote-neighbors';
import { weighModels } from './weigh-models';

const registry = {
  'inspect-photos': inspectPhotos,
  'inspect-cuts': inspectCuts,
  'read-photo-list': readPhotoList,
  'write-dataset-part': writeDatasetPart,
  'finish-dataset': finishDataset,
  'hash-files': hashFiles,
  'render-photo': renderPhoto,
  'extract-features': extractFeatures,
  'analyze-photos': analyzePhotos,
  'group-photos': groupPhotos,
  'measure-leak': measureLeak,
  'lay-out-map': layOutMap,
  'embed-photos': embedPhotos,
  'find-similar': findSimilar,
  'read-head': readHead,
  'apply-head': applyHead,
  'vote-neighbors': voteNeighbors,
  'measure-thumbnails': measureThumbnails,
  'train-classifier': trainClassifier,
  'score-heads': scoreHeads,
  'describe-graph': describeGraph,
  'describe-trainer': describeTrainer,
  'fine-tune-classifier': fineTuneClassifier,
  'describe-fine-tuning': describeFineTuning,
  'preview-augmentation': previewAugmentation,
  'open-classifier': openClassifier,
  'open-base': openBase,
  'quantize-model': quantizeModel,
  'answer-photos': answerPhotos,
  'cross-check': crossCheck,
  'answer-disturbed': answerDisturbed,
  'check-preprocessing': checkPreprocessing,
  'explain-photos': explainPhotos,
  'measure-latency': measureLatency,
  'weigh-models': weighModels,
  'measure-layers': measureLayers,
  'spread-photos': spreadPhotos,
  'trace-photo': tracePhoto,
  'read-contract': readContract,
  'generate-sample': generateSample,
} satisfies TaskRegistry;

/**
 * The threads that draw and answer go first when there are fewer cores than work. Linux gives each
 * thread a priority of its own (setpriority(2), "C library/kernel differences"); elsewhere this
 * would slow down the whole program.
 */
const niceness = 10;
if (process.platform === 'linux') setPriority(niceness);

const choice = {
  processFile: fileURLToPath(new URL('./native-process.js', import.meta.url)),
  // A worker's standard output is the log.
  say: (sentence: string) => void process.stdout.write(`${sentence}\n`),
};

/** Kept from the first task that needs it: loading LiteRT takes longer than many a task. */
let loading: Promise<Runtime> | undefined;

function runtime(): Promise<Runtime> {
  loading ??= chooseRuntime(choice).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

let loadingOther: Promise<Runtime | undefined> | undefined;

function otherRuntime(): Promise<Runtime | undefined> {
  loadingOther ??= runtime()
    .then((main) => openOtherRuntime(main, choice))
    .catch((error: unknown) => {
      loadingOther = undefined;
      throw error;
    });
  return loadingOther;
}

const tuner = () =>
  openTuner({ processFile: fileURLToPath(new URL('./tuner-process.js', import.meta.url)) });

const caches = new Map<string, CacheStore>();

function cache(file: string): CacheStore {
  const store = caches.get(file) ?? openCacheStore(file);
  caches.set(file, store);
  return store;
}

if (!parentPort) throw new Error('worker.ts runs in a worker thread only.');
serveTasks(parentPort, registry, { runtime, otherRuntime, cache, tuner });
