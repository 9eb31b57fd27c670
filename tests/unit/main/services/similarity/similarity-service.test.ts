import { embedPhotos } from '@main/workers/embed-photos';
import { expect, it } from 'vitest';
import { createCuratedProject } from '../../../../fixtures/curated-project';

const call = { signal: new AbortController().signal };

it('finds photos of the same thing first, the asked ones left out, and says how', async () => {
  const { findSimilar } = await createCuratedProject();
  const { photos, method, of } = await findSimilar({ photoIds: [1, 4], limit: 18 }, call);
  expect(photos.map(({ photoId }) => (photoId - 1) % 3)).toEqual(
    Array.from({ length: 18 }, () => 0),
  );
  expect(photos.map(({ photoId }) => photoId)).not.toContain(1);
  expect(photos[0]?.similarity).toBeGreaterThan(photos[17]?.similarity ?? 1);
  expect({ method, of }).toEqual({ method: 'exact', of: 58 });
});

it('says that it is approximate where not all were compared whole', async () => {
  const { findSimilar } = await createCuratedProject(300);
  expect(await findSimilar({ photoIds: [1], limit: 5 }, call)).toMatchObject({
    method: 'approximate',
    of: 299,
  });
});

it('refuses photos that are not prepared yet, and knows them once they are', async () => {
  const { findSimilar, context, putFeatures, featuresOf } = await createCuratedProject();
  context.database.run("INSERT INTO imports (id, started_at) VALUES ('x', '')");
  context.database.run(
    `INSERT INTO photos (sha256, file_name, bytes, format, width, height, perceptual_hash, sharpness,
       brightness, import_id, imported_at)
     VALUES (?, 'new.jpg', 1, 'jpeg', 4, 4, '0000000000000000', 1, 1, 'x', '')`,
    ['61'.padStart(64, '0')],
  );
  await expect(findSimilar({ photoIds: [61], limit: 5 }, call)).rejects.toMatchObject({
    code: 'not-ready',
  });
  putFeatures(61, featuresOf(1));
  context.database.run("DELETE FROM photos WHERE file_name = 'photo-60.jpg'");
  const { photos } = await findSimilar({ photoIds: [61], limit: 5 }, call);
  expect(photos.every(({ photoId }) => (photoId - 1) % 3 === 1)).toBe(true);
});

it('gives one embedding to all who ask, until there are more photos', async () => {
  const { similarity, context } = await createCuratedProject();
  const [first, second] = await Promise.all([similarity.embedding(), similarity.embedding()]);
  expect(second).toBe(first);
  expect(await similarity.embedding()).toBe(first);
  expect(first.photoIds).toHaveLength(60);
  expect(first.vectors.buffer).toBeInstanceOf(SharedArrayBuffer);
  context.database.run('DELETE FROM photos WHERE id = 60');
  expect((await similarity.embedding()).photoIds).toHaveLength(59);
});

/** A promise that is resolved from outside. */
function createGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

it('who asks after features came does not get one that was begun before them', async () => {
  const looked = createGate();
  const goOn = createGate();
  const { similarity, context, putFeatures, featuresOf, tellComputed } = await createCuratedProject(
    60,
    {
      'embed-photos': async (input, task) => {
        const embedded = await embedPhotos(input, task);
        looked.open();
        await goOn.opened;
        return embedded;
      },
    },
  );
  context.database.run('UPDATE photos SET sha256 = ? WHERE id = 60', ['99'.padStart(64, '0')]);
  const begun = similarity.embedding();
  await looked.opened;
  putFeatures(99, featuresOf(2));
  tellComputed();
  const asked = similarity.embedding();
  goOn.open();
  expect((await begun).photoIds).toHaveLength(59);
  expect((await asked).photoIds).toHaveLength(60);
});

it('has nothing to say of a project without photos', async () => {
  const { similarity } = await createCuratedProject(0);
  expect(await similarity.embedding()).toMatchObject({
    dimensions: 0,
    photoIds: new Uint32Array(),
  });
});

it('one who cancels does not take along those who wait for the same', async () => {
  const { similarity } = await createCuratedProject();
  const controller = new AbortController();
  const [cancelled, other] = [
    similarity.embedding({ signal: controller.signal }),
    similarity.embedding(),
  ];
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect((await other).photoIds).toHaveLength(60);
});
