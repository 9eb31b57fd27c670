import { collectDropped } from '@renderer/host/dropped-files';
import { describe, expect, it } from 'vitest';

const fileEntry = (name: string) => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (done: (file: File) => void) => done(new File(['x'], name)),
});

/** Gives its children in portions, as Chromium does. */
function folderEntry(name: string, children: object[], portion = 2) {
  return {
    isFile: false,
    isDirectory: true,
    name,
    createReader() {
      let given = 0;
      return {
        readEntries(done: (entries: object[]) => void) {
          done(children.slice(given, given + portion));
          given += portion;
        },
      };
    },
  };
}

const transferOf = (entries: object[]) =>
  ({
    items: entries.map((entry) => ({
      kind: 'file',
      webkitGetAsEntry: () => entry,
      getAsFile: () => null,
    })),
  }) as unknown as DataTransfer;

describe('collectDropped', () => {
  it('walks folders to the bottom and keeps their names', async () => {
    const tree = folderEntry('photos', [
      folderEntry(
        'banana',
        ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg'].map((name) => fileEntry(name)),
      ),
      folderEntry('empty', []),
      fileEntry('labels.txt'),
    ]);
    const collected = await collectDropped(transferOf([tree, fileEntry('loose.png')]));
    expect(collected.map(({ relativePath }) => relativePath)).toEqual([
      'photos/banana/1.jpg',
      'photos/banana/2.jpg',
      'photos/banana/3.jpg',
      'photos/banana/4.jpg',
      'photos/banana/5.jpg',
      'photos/labels.txt',
      'loose.png',
    ]);
  });

  it('names what can not be read', async () => {
    const locked = {
      isFile: true,
      isDirectory: false,
      name: 'locked.jpg',
      file: (_done: unknown, failed: (error: Error) => void) => failed(new Error('no')),
    };
    await expect(
      collectDropped(transferOf([folderEntry('banana', [locked])])),
    ).rejects.toMatchObject({
      code: 'upload-refused',
      message: "“banana/locked.jpg” can't be read.",
    });
  });

  it('finds nothing in a drop of text', async () => {
    const text = { items: [{ kind: 'string' }] } as unknown as DataTransfer;
    expect(await collectDropped(text)).toEqual([]);
  });
});
