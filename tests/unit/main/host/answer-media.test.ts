import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaResponse } from '@main/app/studio-app';
import { answerMedia, type MediaAnswer } from '@main/host/answer-media';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeStudio, type FakeStudio } from '../../../fakes/fake-studio';

const bytes = Buffer.from('0123456789');
let folder: string;
let app: FakeStudio;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-'));
  const path = join(folder, 'model-1.tflite');
  await writeFile(path, bytes);
  app = createFakeStudio({
    media: {
      'photo/1/thumbnail': { kind: 'bytes', contentType: 'image/jpeg', bytes, immutable: true },
      'photo/1/display': { kind: 'bytes', contentType: 'image/jpeg', bytes },
      'model/model-1.tflite': {
        kind: 'file',
        contentType: 'application/octet-stream',
        path,
        downloadName: 'Größe "1".tflite',
      },
      'export/gone.zip': { kind: 'file', contentType: 'application/zip', path: join(folder, 'no') },
    } satisfies Record<string, MediaResponse>,
  });
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (
  path: string,
  more: { versioned?: boolean; range?: string; ifNoneMatch?: string } = {},
) => answerMedia(app, { path, versioned: false, ...more });

async function bodyOf(answer: MediaAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  if (answer.body) for await (const chunk of answer.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe.each(['photo/1/thumbnail', 'model/model-1.tflite'])('%s', (path) => {
  it('is sent whole, with its length and tag', async () => {
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-length': '10', etag: expect.any(String) });
    expect(await bodyOf(answer)).toBe('0123456789');
  });

  it('is sent in part', async () => {
    const answer = await ask(path, { range: 'bytes=3-5' });
    expect(answer.status).toBe(206);
    expect(answer.headers).toMatchObject({
      'content-length': '3',
      'content-range': 'bytes 3-5/10',
    });
    expect(await bodyOf(answer)).toBe('345');
  });

  it('has no part behind its end', async () => {
    const answer = await ask(path, { range: 'bytes=10-' });
    expect(answer.status).toBe(416);
    expect(answer.headers['content-range']).toBe('bytes */10');
    expect(answer.body).toBeUndefined();
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await ask(path);
    const again = await ask(path, { ifNoneMatch: `"other", ${headers['etag']}` });
    expect([again.status, again.body]).toEqual([304, undefined]);
    expect((await ask(path, { ifNoneMatch: '"other"' })).status).toBe(200);
  });
});

it('may be kept for ever only where the address names the version', async () => {
  const control = async (path: string, versioned: boolean) =>
    (await ask(path, { versioned })).headers['cache-control'];
  expect(await control('photo/1/thumbnail', true)).toContain('immutable');
  expect(await control('photo/1/thumbnail', false)).toBe('private, no-cache');
  expect(await control('photo/1/display', true)).toBe('private, no-cache');
});

it('a download has a name that any browser reads', async () => {
  const { headers } = await ask('model/model-1.tflite');
  expect(headers['content-disposition']).toBe(
    `attachment; filename="Gr__e__1_.tflite"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.tflite`,
  );
});

it.each(['photo/2/thumbnail', 'export/gone.zip', 'constructor'])(
  '%s is not there',
  async (path) => {
    await expect(ask(path)).rejects.toMatchObject({ code: 'not-found' });
  },
);

it.each(['', '..', 'a/../b', './a', 'a//b', '/a', 'a/', 'a%2e', 'a\\b', 'a b', 'a'.repeat(201)])(
  '"%s" is no address of media',
  async (path) => {
    const asked = app.mediaPaths.length;
    await expect(ask(path)).rejects.toMatchObject({ code: 'bad-request' });
    expect(app.mediaPaths).toHaveLength(asked);
  },
);
