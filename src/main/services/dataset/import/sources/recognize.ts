import { basename, join } from 'node:path';
import { splitFromName, splitFromWord } from '../../../../../shared/domain/split';
import { listTop, type Top } from '../../../../platform/list-top';
import type { ListFormat, ListToRead } from '../../../../workers/tasks/exchange-tasks';

/** What a path that is to be imported holds besides loose photos. */
export interface RecognizedSource {
  top: Top;
  /** Lists of photos of one format; the first format of which one is a list is taken. */
  lists: ListToRead[];
  /** TFRecord files, whose photos come on top of loose ones. */
  records: ListToRead[];
  zips: string[];
}

const isZip = (name: string) => /\.zip$/i.test(name);
const isRecords = (name: string) => /\.tfrec(ords?)?(-\d+-of-\d+)?$/i.test(name);
const isJson = (name: string) => /\.json$/i.test(name);
const isTable = (name: string) => /\.[ct]sv$/i.test(name);

/** By names only: whether a JSON file or a table is a list of photos is known once it is read. */
export async function recognize(path: string, uploaded: boolean): Promise<RecognizedSource> {
  const top = await listTop(path);
  const nothing = { top, lists: [], records: [], zips: [] };
  if (top.kind === 'gone') return nothing;
  if (top.kind === 'file') {
    const name = basename(path);
    if (isZip(name)) return { ...nothing, zips: [path] };
    if (name === 'project.sqlite') return recognize(join(path, '..'), uploaded);
    if (isRecords(name)) return { ...nothing, records: toRead('tfrecord', [path], false) };
    const format = isJson(name) ? 'coco' : isTable(name) ? 'csv' : undefined;
    return { ...nothing, lists: format ? toRead(format, [path], false) : [] };
  }
  if (top.files.includes('project.sqlite')) {
    const within = uploaded ? { within: path } : {};
    return { ...nothing, lists: [{ format: 'project', file: path, found: false, ...within }] };
  }
  const paths = (matches: (name: string) => boolean) =>
    top.files.filter(matches).map((name) => join(path, name));
  return {
    top,
    lists: [
      ...toRead('coco', [...paths(isJson), ...(await jsonBelow(path, top))], true),
      ...toRead('csv', paths(isTable), true),
    ],
    records: toRead('tfrecord', paths(isRecords), false),
    zips: paths(isZip),
  };
}

/** Where COCO itself and Roboflow put annotations: a folder of their own, or one of each split. */
async function jsonBelow(path: string, { folders }: Top): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    if (folder !== 'annotations' && !splitFromWord(folder)) continue;
    const { files } = await listTop(join(path, folder));
    found.push(...files.filter(isJson).map((name) => join(path, folder, name)));
  }
  return found;
}

/**
 * The split is taken from names where there are several: a lone "test.csv" may be anybody's first
 * try.
 */
function toRead(format: ListFormat, files: readonly string[], found: boolean): ListToRead[] {
  const lists = files.map((file) => ({
    file,
    split: splitFromName(basename(file)) ?? splitFromWord(basename(join(file, '..'))),
  }));
  const several = new Set(lists.flatMap(({ split }) => split ?? [])).size > 1;
  return lists.map(({ file, split }) => ({
    format,
    file,
    found,
    ...(several && split ? { split } : {}),
  }));
}
