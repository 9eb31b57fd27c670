import { AppError } from '../../shared/api/errors';
import { modelIdSchema } from '../../shared/domain/model';
import { parseAugmentedPhoto } from '../../shared/domain/fine-tuning';
import { photoIdSchema } from '../../shared/domain/photo';
import type { StudioSession } from './project-session';
import type { MediaResponse } from './studio-app';

type MediaSource = Pick<
  StudioSession,
  | 'pictures'
  | 'augmentedPhoto'
  | 'correctionPicture'
  | 'phoneThumbnail'
  | 'models'
  | 'report'
  | 'exportArchive'
  | 'datasetArchive'
  | 'datasetReport'
>;
type Resolve = (
  session: MediaSource,
  id: string,
  rest: string,
) => Promise<MediaResponse | undefined> | MediaResponse | undefined;

/** What each kind of media path shows; the parts in brackets are its id and what follows it. */
const routes: readonly [RegExp, Resolve][] = [
  [/^photo\/(\d{1,15})\/(thumbnail|display)$/, showPhoto],
  [/^(correction-\d{1,15})\/(thumbnail|display)$/, showCorrection],
  [/^phone\/(list-\d{1,9}-\d{1,9})\/thumbnail$/, showOnPhone],
  [/^(augmented\/.+)$/, showAugmented],
  [/^model\/(model-\d{1,15})\.tflite$/, downloadModel],
  [/^comparison\/(comparison-\d{1,15})\/report\.(html|json)$/, showReport],
  [/^dataset\/(report)\.html$/, showDatasetReport],
  [/^export\/((?:export|dataset)-\d{1,15})\.zip$/, downloadExport],
];

/**
 * Finds what a media path of the open project shows. Ids only, so that no path of this machine
 * can be asked for.
 */
export async function resolveMedia(
  session: MediaSource,
  path: string,
): Promise<MediaResponse | undefined> {
  for (const [pattern, resolve] of routes) {
    const [matched, id = '', rest = ''] = pattern.exec(path) ?? [];
    if (matched === undefined) continue;
    try {
      return await resolve(session, id, rest);
    } catch (error) {
      if (error instanceof AppError && gone.has(error.code)) return undefined;
      throw error;
    }
  }
  return undefined;
}

const gone: ReadonlySet<string> = new Set(['not-found', 'model-unreadable', 'photo-unreadable']);

async function showPhoto(
  { pictures }: MediaSource,
  id: string,
  form: string,
): Promise<MediaResponse | undefined> {
  const { data: photoId } = photoIdSchema.safeParse(Number(id));
  if (photoId === undefined) return undefined;
  const isThumbnail = form === 'thumbnail';
  const bytes = await (isThumbnail ? pictures.thumbnail(photoId) : pictures.display(photoId));
  // A missing photo's display is its thumbnail, until it is found again.
  const immutable = isThumbnail || pictures.sourceFile(photoId) !== undefined;
  return bytes && { kind: 'bytes', contentType: 'image/jpeg', bytes, immutable };
}

async function showCorrection(
  { correctionPicture }: MediaSource,
  id: string,
  form: string,
): Promise<MediaResponse | undefined> {
  const bytes = await correctionPicture(id, form === 'thumbnail' ? 'thumbnail' : 'display');
  return bytes && { kind: 'bytes', contentType: 'image/jpeg', bytes, immutable: true };
}

/** Numbers of lists begin anew with the program, so that nothing may be kept. */
async function showOnPhone(
  { phoneThumbnail }: MediaSource,
  id: string,
): Promise<MediaResponse | undefined> {
  const bytes = await phoneThumbnail(id);
  return bytes && { kind: 'bytes', contentType: 'image/jpeg', bytes, immutable: false };
}

async function showAugmented(
  { augmentedPhoto }: MediaSource,
  path: string,
): Promise<MediaResponse | undefined> {
  const photo = parseAugmentedPhoto(path);
  if (!photo) return undefined;
  const bytes = await augmentedPhoto(photo);
  return { kind: 'bytes', contentType: 'image/jpeg', bytes, immutable: true };
}

function downloadModel({ models }: MediaSource, id: string): MediaResponse {
  const model = models.get(modelIdSchema.parse(id));
  return {
    kind: 'file',
    contentType: 'application/octet-stream',
    path: models.file(model),
    downloadName: `${model.name}.tflite`,
  };
}

async function showReport(
  { report }: MediaSource,
  id: string,
  extension: string,
): Promise<MediaResponse> {
  const form = extension === 'html' ? 'html' : 'json';
  return {
    kind: 'bytes',
    contentType: form === 'html' ? 'text/html; charset=utf-8' : 'application/json',
    bytes: new TextEncoder().encode(await report(id, form)),
  };
}

async function showDatasetReport({ datasetReport }: MediaSource): Promise<MediaResponse> {
  return {
    kind: 'bytes',
    contentType: 'text/html; charset=utf-8',
    bytes: new TextEncoder().encode(await datasetReport()),
  };
}

function downloadExport(
  { exportArchive, datasetArchive }: MediaSource,
  id: string,
): MediaResponse | undefined {
  const path = exportArchive(id) ?? datasetArchive(id);
  if (path === undefined) return undefined;
  return { kind: 'file', contentType: 'application/zip', path, downloadName: `${id}.zip` };
}
