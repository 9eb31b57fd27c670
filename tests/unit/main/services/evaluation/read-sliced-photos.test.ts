import { readSlicedPhotos } from '@main/services/evaluation/read-sliced-photos';
import { expect, it } from 'vitest';
import { createFakeProject } from '../../../../fakes/fake-project';

it('reads what parts photos, of those that are there', () => {
  const { database } = createFakeProject({}).context;
  database.run("INSERT INTO imports (id, started_at) VALUES ('x', '2026-01-01T00:00:00.000Z')");
  const insert = (id: number, takenAt: string | null, camera: string | null) =>
    database.run(
      `INSERT INTO photos (id, sha256, file_name, bytes, format, width, height, perceptual_hash,
         sharpness, brightness, taken_at, camera, import_id, imported_at)
       VALUES (?, ?, 'a.jpg', 1, 'jpeg', 4, 4, '0000000000000000', 7, 9, ?, ?, 'x', '')`,
      [id, String(id).padStart(64, '0'), takenAt, camera],
    );
  insert(1, '2026-02-03T10:00:00', 'Pixel 8');
  insert(2, null, null);
  insert(3, null, null);
  const shared = { import: '2026-01-01T00:00:00.000Z', brightness: 9, sharpness: 7 };
  expect([...readSlicedPhotos(database, [1, 2, 99])]).toEqual([
    [1, { ...shared, day: '2026-02-03', camera: 'Pixel 8' }],
    [2, { ...shared, day: '', camera: '' }],
  ]);
});
