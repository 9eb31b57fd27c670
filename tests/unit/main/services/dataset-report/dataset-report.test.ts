import { rmSync } from 'node:fs';
import { createDatasetReport } from '@main/services/dataset-report/dataset-report';
import type { IssueItem, IssuesOverview } from '@shared/api/issues-api';
import { issueKinds } from '@shared/domain/issue';
import { expect, it } from 'vitest';
import { createDatasetProject } from '../../../../fixtures/dataset-project';
import { makePhotos } from '../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

const label = '<script>alert(1)</script>';

async function open(overview: Partial<IssuesOverview> = {}, items: IssueItem[] = []) {
  const project = createDatasetProject();
  const folder = temporaryFolder();
  const names = ['hat/a.jpg', 'hat/b.jpg', 'plug/"><img src=x>.jpg'];
  const photos = await makePhotos(folder, names, { width: 40, height: 30 });
  await project.import([folder]);
  const { labels } = await project.call('dataset.summary', {});
  const hat = labels.find(({ name }) => name === 'hat');
  await project.call('dataset.renameLabel', { labelId: hat?.id ?? 0, name: label });
  await project.call('versions.freeze', { note: 'the "first" & only' });
  const report = createDatasetReport({
    context: project.context,
    appVersion: '1.2.3',
    dataset: project.service.dataset,
    summary: () => project.call('dataset.summary', {}),
    issues: async () => ({ stale: false, photos: 3, kinds: [], findings: [], ...overview }),
    worstOf: async (kind, limit) => (kind === 'blurred' ? items.slice(0, limit) : []),
    versions: async () => (await project.call('versions.list', {})).versions,
  });
  return { project, report, photos };
}

/** What a reader sees of it. */
const textOf = (html: string) =>
  html
    .replace(/^[\s\S]*<body>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

it('says what is in the data set, and that nobody looked for issues', async () => {
  const { report } = await open();
  const text = textOf(await report());
  expect(text).toContain('Seven things');
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; 2 66.7% 2 0 0');
  expect(text).toContain('All labels 3');
  expect(text).toContain('train 70.0%, validation 15.0%, test 15.0%, by seed 1');
  expect(text).toContain('Nobody has looked for issues yet');
  expect(text).toContain('0 photos stored in the project, 3 referred to where they are');
  expect(text).toContain('the &quot;first&quot; &amp; only');
  expect(text).toContain('Made by Pocketlens Studio 1.2.3 on March 4, 2026');
});

it('shows the worst of each kind of issue, those that are gone as gone', async () => {
  const kinds = issueKinds.map((kind) => ({
    kind,
    open: kind === 'blurred' ? 12 : 0,
    kept: 0,
    ignored: 0,
  }));
  const items = [1, 2, 3].map((photoId) => ({
    photoId,
    score: 1,
    suggestedLabelId: 1,
    detail: { probability: 0.91 },
  }));
  const finding = { kind: 'few-photos' as const, labelIds: [1], value: 2, photos: 2 };
  const { report, project, photos } = await open(
    { analyzedAt: '2026-03-04T08:00:00.000Z', stale: true, kinds, findings: [finding] },
    items,
  );
  rmSync(photos[0] ?? '');
  project.context.database.run('UPDATE photos SET missing = 1 WHERE id = 1');
  const html = await report();
  expect([...html.matchAll(/<img src="data:image\/jpeg;base64,/g)]).toHaveLength(2);
  const text = textOf(html);
  expect(text).toContain('Blurred the worst 3 of 12 The file is not there. a.jpg rather');
  expect(text).toContain('(91.0%)');
  expect(text).toContain('Photos or labels changed since.');
  expect(text).toContain('alert(1)&lt;/script&gt; has only 2 photos.');
});

it('has no script and fetches nothing, whatever labels and files are called', async () => {
  const { report } = await open();
  const html = await report();
  expect(html).not.toMatch(/<script|<img src=x|https?:|<link|@import|url\(/i);
  expect(html).toContain(`content="default-src 'none'`);
});
