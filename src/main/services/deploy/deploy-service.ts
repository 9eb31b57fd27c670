import { join } from 'node:path';
import type { HandlersOf } from '../../../shared/api/contract';
import type { deployApi } from '../../../shared/api/deploy-api';
import { throwIfCancelled } from '../../../shared/api/errors';
import type { phoneMeasurementsApi } from '../../../shared/api/phone-measurements-api';
import type { Model, ModelId } from '../../../shared/domain/model';
import { fileExists } from '../../platform/file-exists';
import { type FolderWriter, removeFolder, writeFolder } from '../../platform/folder-writer';
import { nextNumberedName } from '../../platform/next-numbered-name';
import type { DeviceHub } from '../../platform/devices/device-hub';
import type { Staging } from '../../platform/staging';
import { writeZip } from '../../platform/write-zip';
import type {
  Comparisons,
  Dataset,
  Deployments,
  JobHandle,
  Jobs,
  Models,
  ProjectContext,
} from '../ports';
import { writeExample } from './write-example';
import { crossCheckModels } from './cross-check';
import { type ExportedModel, exportedModel } from './exported-model';
import { createMeasureService } from './measure/measure-service';
import { createErrands } from './phones/errands';
import { createPhonesService } from './phones/phones-service';
import { readme } from './readme/readme';

export interface DeployService {
  handlers: HandlersOf<typeof deployApi & typeof phoneMeasurementsApi>;
  deployments: Deployments;
  /** The zip of an export made inside the project; undefined when there is none. */
  exportArchive(exportId: string): string | undefined;
}

export interface DeployParts {
  context: ProjectContext;
  jobs: Jobs;
  staging: Pick<Staging, 'place'>;
  dataset: Dataset;
  models: Models;
  comparisons: Comparisons;
  hub: DeviceHub;
  /** Our Android app, once it is built. */
  companionApk?: string | undefined;
  /** A saved comparison as HTML or JSON. */
  report(comparisonId: string, form: 'html' | 'json'): Promise<string>;
}

interface ExportParameters {
  modelId: ModelId;
  /** Absent: into the project's own `exports/`. A path: staged ids don't survive a restart. */
  folder?: string;
}

export function createDeployService(parts: DeployParts): DeployService {
  const { context, jobs, staging, models } = parts;
  const errands = createErrands(jobs);
  jobs.register<ExportParameters>('export', {
    resumable: true,
    run: (parameters, job) =>
      parameters.folder === undefined
        ? exportIntoProject(parameters.modelId, job, parts)
        : exportInto(parameters.folder, parameters.modelId, job, parts),
  });
  const phones = createPhonesService({ ...parts, errands });
  return {
    deployments: phones.deployments,
    handlers: {
      ...phones.handlers,
      ...createMeasureService({ ...parts, errands }).handlers,
      'deploy.exportModel': ({ modelId, placeId }) => {
        const model = models.get(modelId);
        const folder = placeId === undefined ? undefined : staging.place(placeId);
        const parameters = { modelId, ...(folder === undefined ? {} : { folder }) };
        const title = `Exporting ${model.name}`;
        return { jobId: jobs.start<ExportParameters>('export', title, parameters) };
      },
    },
    exportArchive(exportId) {
      if (!/^export-\d+$/.test(exportId)) return undefined;
      const archive = join(context.exportsFolder, `${exportId}.zip`);
      return fileExists(archive) ? archive : undefined;
    },
  };
}

async function exportIntoProject(modelId: ModelId, job: JobHandle, parts: DeployParts) {
  const { exportsFolder } = parts.context;
  const exportId = await nextNumberedName(exportsFolder, 'export');
  const folder = join(exportsFolder, exportId);
  try {
    await exportInto(folder, modelId, job, parts);
    job.progress({ step: 'Packing' });
    const rootName = folderName(parts.models.get(modelId).name);
    await writeZip(folder, join(exportsFolder, `${exportId}.zip`), rootName, job.signal);
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
  return { exportId, folder };
}

/** Everything an app developer needs, whole or not at all. */
async function exportInto(folder: string, modelId: ModelId, job: JobHandle, parts: DeployParts) {
  const { context, models, comparisons, report } = parts;
  const model = models.get(modelId);
  const exported = withParent(model, job, models);
  const project = context.info();
  const at = context.now();
  const manifest = {
    createdAt: at.toISOString(),
    project: { name: project.name, generated: project.generated },
    models: exported.map(({ model: { id, name, precision }, stem }) => ({
      id,
      name,
      precision,
      file: `${stem}.tflite`,
    })),
  };
  const fill = async (writer: FolderWriter) => {
    job.progress({ done: 0, total: 4, step: 'Copying the models' });
    for (const { stem, source, model: each } of exported) {
      throwIfCancelled(job.signal);
      await writer.copy(`${stem}.tflite`, source);
      const contract = JSON.stringify(each.preprocessing, undefined, 2);
      await writer.write(`${stem}.preprocessing.json`, `${contract}\n`);
    }
    await writer.write('labels.txt', `${model.preprocessing.labels.join('\n')}\n`);

    job.progress({ done: 1, step: 'Working through an example' });
    const example = await writeExample(exported, job, { ...parts, writer });
    const [trace] = example?.traces ?? [];
    if (trace) {
      await writer.write('example-input.rgb', trace.pixels);
    } else {
      job.log('No photo of the project can be read, so the README has no worked example.');
    }

    job.progress({ done: 2, step: 'Checking on the other runtime' });
    const checks = await crossCheckModels(exported, job, parts);

    job.progress({ done: 3, step: 'Writing the report' });
    const comparison = comparisons.latestWith(model.id);
    if (comparison) {
      await writer.write('report.html', await report(comparison.id, 'html'));
      await writer.write('report.json', await report(comparison.id, 'json'));
    }
    const text = readme({ project, models: exported, example, checks, comparison, at });
    await writer.write('README.md', text);
    throwIfCancelled(job.signal);
  };
  await writeFolder(
    folder,
    { manifestName: 'pocketlens-export.json', manifest, format: 'pocketlens-export' },
    fill,
  );
  job.progress({ done: 4, total: 4 });
  return { folder };
}

/** The model, and the float model that it was made from while the library has it. */
function withParent(
  model: Model,
  job: JobHandle,
  models: Models,
): [ExportedModel, ...ExportedModel[]] {
  const own = exportedModel(model, models.file(model));
  if (model.parentId === undefined) return [own];
  const parent = models.list().find(({ id }) => id === model.parentId);
  if (parent) return [own, exportedModel(parent, models.file(parent))];
  job.log('The float model that it was made from was removed and is not in the export.');
  return [own];
}

/** What the zip unpacks into: letters that every file system takes. */
function folderName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return plain === '' ? 'model' : plain;
}
