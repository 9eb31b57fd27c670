import { uploadFiles } from '@renderer/host/upload-files';
import type { StagingProgress } from '@renderer/host/studio-host';
import { afterEach, describe, expect, it, vi } from 'vitest';

interface Request {
  method: string;
  url: string;
}

/** Answers as the web host does; `refuse` decides on the path of a file. */
function fakeServer(refuse: (path: string) => Response | undefined = () => undefined) {
  const requests: Request[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const method = init.method ?? 'GET';
    requests.push({ method, url });
    if (init.signal?.aborted) throw new DOMException('aborted', 'AbortError');
    if (method === 'POST') return Response.json({ sourceId: 'upload-1' }, { status: 201 });
    const path = new URL(url).searchParams.get('path') ?? '';
    return (method === 'PUT' && refuse(path)) || new Response(undefined, { status: 204 });
  });
  return requests;
}

const files = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    file: new File(['12345'], `photo ${i}.jpg`),
    relativePath: `soccer ball/photo ${i}.jpg`,
  }));

afterEach(() => vi.unstubAllGlobals());

describe('uploadFiles', () => {
  it('puts each file once, with its folders', async () => {
    const requests = fakeServer();
    expect(await uploadFiles('http://studio', files(9))).toBe('upload-1');
    const puts = requests.filter(({ method }) => method === 'PUT').map(({ url }) => url);
    expect(new Set(puts).size).toBe(9);
    expect(puts[0]).toBe('http://studio/uploads/upload-1?path=soccer%20ball%2Fphoto%200.jpg');
  });

  it('says how far it is, up to the end', async () => {
    fakeServer();
    const seen: StagingProgress[] = [];
    await uploadFiles('http://studio', files(5), { onProgress: (now) => seen.push(now) });
    expect(seen[0]).toEqual({ doneFiles: 0, totalFiles: 5, doneBytes: 0, totalBytes: 25 });
    expect(seen.at(-1)).toEqual({ doneFiles: 5, totalFiles: 5, doneBytes: 25, totalBytes: 25 });
  });

  it('passes on what the studio said and throws the rest away', async () => {
    const refusal = {
      code: 'upload-refused',
      message: 'The archive is too large.',
      remedy: 'Split it.',
    };
    const requests = fakeServer((path) =>
      path.includes('photo 2') ? Response.json(refusal, { status: 413 }) : undefined,
    );
    await expect(uploadFiles('http://studio', files(40))).rejects.toMatchObject(refusal);
    expect(requests.filter(({ method }) => method === 'PUT').length).toBeLessThan(40);
    expect(requests.some(({ method }) => method === 'DELETE')).toBe(true);
  });

  it('is cancelled by its signal', async () => {
    const controller = new AbortController();
    fakeServer((path) => {
      if (path.includes('photo 3')) controller.abort();
      return undefined;
    });
    const upload = uploadFiles('http://studio', files(40), { signal: controller.signal });
    await expect(upload).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('tells a cut connection from a refusal', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    await expect(uploadFiles('http://studio', files(1))).rejects.toMatchObject({
      code: 'connection-lost',
    });
  });
});
