import { createHash } from 'node:crypto';
import {
  type CompanionContract,
  type CompanionManifest,
  companionProtocol,
} from '../../../../shared/domain/companion-protocol';
import type { PushTarget } from '../../../../shared/domain/deployment';
import type { Model } from '../../../../shared/domain/model';
import type { PutSource } from '../../../platform/devices/device-transport';
import type { GoldenSet } from './golden-photos';
import { plainName } from './plain-names';

export interface ModelFile {
  model: Model;
  /** Absolute path on this computer. */
  path: string;
}

export interface FileToPut {
  name: string;
  source: PutSource;
}

/** The files of a push, in the order they are written: what others name comes before them. */
export interface PushPlan {
  files: FileToPut[];
  /** All that a person waits for, in bytes. */
  bytes: number;
  /** With the companion protocol: what else of ours may stay in the folder. */
  kept?: ReadonlySet<string>;
}

export interface PushContent {
  target: PushTarget;
  models: readonly ModelFile[];
  project: string;
  at: Date;
  /** With the companion protocol, when there are photos to ask about. */
  golden?: GoldenSet | undefined;
  /** Hashes of models that the phone ran before, kept for going back. */
  keep: readonly string[];
}

export function planPush(content: PushContent): PushPlan {
  const files = content.target.speaksProtocol ? protocolFiles(content) : plainFiles(content);
  const bytes = files.reduce((sum, { source }) => sum + sourceBytes(source), 0);
  if (!content.target.speaksProtocol) return { files, bytes };
  const kept = [...files.map(({ name }) => name), ...content.keep.flatMap(filesOf)];
  return { files, bytes, kept: new Set(kept) };
}

export const sourceBytes = (source: PutSource): number =>
  'path' in source ? source.bytes : source.content.length;

/** What a model of the protocol is there under. */
const filesOf = (sha256: string) => [`${sha256}.tflite`, `${sha256}.json`];

function plainFiles({ target, models }: PushContent): FileToPut[] {
  const [first] = models;
  const { labelsFile } = target;
  return [
    ...models.map(({ model, path }) => ({
      name: plainName(target, model),
      source: modelSource(model, path),
    })),
    ...(labelsFile !== undefined && first
      ? [{ name: labelsFile, source: text(`${first.model.preprocessing.labels.join('\n')}\n`) }]
      : []),
  ];
}

function protocolFiles({ models, project, at, golden }: PushContent): FileToPut[] {
  const manifest: CompanionManifest = {
    protocol: companionProtocol,
    createdAt: at.toISOString(),
    project: { name: project },
    active: models[0]?.model.sha256 ?? '',
    models: models.map(({ model: { sha256, name, precision, bytes } }) => ({
      sha256,
      file: `${sha256}.tflite`,
      contract: `${sha256}.json`,
      name,
      precision,
      bytes,
    })),
    ...(golden ? { check: `requests/${golden.request.id}.json` } : {}),
  };
  return [
    ...modelFiles(models),
    ...(golden ? goldenFiles(golden) : []),
    { name: 'manifest.json', source: json(manifest) },
  ];
}

/** Models and their contracts. */
export const modelFiles = (models: readonly ModelFile[]): FileToPut[] =>
  models.flatMap(({ model, path }) => [
    { name: `${model.sha256}.tflite`, source: modelSource(model, path) },
    { name: `${model.sha256}.json`, source: json(contractOf(model)) },
  ]);

function goldenFiles({ photos, answers, request }: GoldenSet): FileToPut[] {
  return [
    ...photos.map(({ file, path, bytes, sha256 }) => ({
      name: file,
      source: { path, bytes, sha256 },
    })),
    ...answers.map((golden) => ({ name: `golden/${golden.sha256}.json`, source: json(golden) })),
    { name: `requests/${request.id}.json`, source: json(request) },
  ];
}

const contractOf = ({ sha256, name, precision, preprocessing }: Model): CompanionContract => ({
  protocol: companionProtocol,
  sha256,
  name,
  precision,
  preprocessing,
});

const modelSource = ({ bytes, sha256 }: Model, path: string): PutSource => ({
  path,
  bytes,
  sha256,
});

export const json = (value: object) => text(`${JSON.stringify(value, undefined, 2)}\n`);

function text(written: string): PutSource {
  const content = Buffer.from(written);
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
}
