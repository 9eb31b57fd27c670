import { describe, expect, it } from 'vitest';
import { html } from '@main/platform/report/html';
import { reportHtml } from '@main/services/evaluation/report-html';
import type { Comparison, PhotoAnswer } from '@shared/domain/comparison';
import { compareToFirst, scoreAnswers } from '@shared/domain/comparison-math';
import type { Model } from '@shared/domain/model';
import type { Slices } from '@shared/domain/slices';
import { verdict } from '@shared/domain/verdict';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
import { createFakeModel } from '../../../../fakes/fake-model';

const at = '2026-03-04T09:30:00.000Z';

interface Names {
  labels: string[];
  model: string;
  file: string;
  project: string;
}

const plain: Names = {
  labels: ['banana', 'hat'],
  model: 'Lite0',
  file: 'photo.jpg',
  project: 'Seven things',
};

/** 40 photos; the second model loses the first one. */
function render(
  names: Names,
  changes: Partial<Comparison> = {},
  thumbnail?: string,
  record: Partial<Model> = {},
  slices: Slices[] = [],
): string {
  const answers = Array.from({ length: 40 }, (_, index): PhotoAnswer => {
    const right = index % 2 === 0 ? [0.876, 0.124] : [0.124, 0.876];
    const second = index === 0 ? [0.345, 0.655] : right;
    return { photoId: index + 1, truth: index % 2, probabilities: [right, second] };
  });
  const models = (['float32', 'int8'] as const).map((precision, index) => ({
    modelId: `model-${index + 1}`,
    name: `${names.model} ${precision}`,
    precision,
    io: 'float32' as const,
    bytes: 4_000_000 / (index + 1),
    ...scoreAnswers(names.labels, answers, index),
    latencyMs: { p50: 8, p95: 9, runs: 50, warmupRuns: 8, threads: 1 },
    loadMs: 12,
    provenance: { kind: 'measured' as const, on: '40 test photos of version-7', by: 'LiteRT', at },
  }));
  const differences = [compareToFirst(models, answers, 1, () => names.file)];
  const generated = changes.generated ?? false;
  return reportHtml({
    project: { name: names.project, folder: '/secret/place', createdAt: at, generated },
    comparison: {
      id: 'comparison-1',
      createdAt: at,
      split: 'test',
      labels: names.labels,
      models,
      differences,
      answers,
      verdict: verdict({ models, differences, split: 'test', generated }),
      skipped: [],
      generated,
      ...changes,
    },
    models: [
      createFakeModel({ name: `${names.model} float32`, sha256: 'd'.repeat(64), ...record }),
    ],
    slices,
    thumbnails: new Map(thumbnail === undefined ? [] : [[1, thumbnail]]),
  });
}

/** Two models to give costs to. */
const costly = createFakeComparison().models;

describe('reportHtml', () => {
  it('says what was found, with every figure’s interval and origin', () => {
    const page = render(plain, {}, 'data:image/jpeg;base64,AAAA');
    expect(page).toContain('it loses 1 of 40 test photos, which is within chance');
    expect(page).toContain('97.5%');
    expect(page).toContain('87.1 – 99.6%');
    expect(page).toContain('exact McNemar, two-sided');
    expect(page).toContain('40 test photos of version-7');
    expect(page).toContain('87.6%');
    expect(page).toContain('65.5%');
    expect(page).toContain('<img src="data:image/jpeg;base64,AAAA" alt="banana"');
    expect(page).toContain('d'.repeat(64));
    expect(page).toContain('Removed from the library since');
    expect(page).toContain('No photo of the split was left out');
  });

  it('says how far the probabilities can be believed', () => {
    const page = render(plain);
    // All 40 answers of the first model are right at 87.6 %: one bin, as equals stay together.
    expect(page).toMatch(/<dt>ECE<\/dt><dd>12\.4%<span class="faint">1 bin of equal mass/);
    expect(page).toContain('<dt>Top-1</dt>');
    expect(page).not.toContain('Top-2');
  });

  it('tells costs of comparisons that have them, and of others that they were not measured', () => {
    const before = render(plain);
    expect(before).toContain('<span class="faint">not measured</span>');
    expect(before).not.toContain('Memory is');
    const cost = { p50: 4.5, p95: 6, runs: 50, warmupRuns: 8, threads: 4 };
    const page = render(plain, {
      machine: { cpu: 'Fast <One>', cores: 4, runtime: 'LiteRT 2.3.0 native' },
      models: costly.map((model) => ({
        ...model,
        threadedLatencyMs: cost,
        memory: { peakBytes: 40_000_000, of: 'process' as const },
      })),
    });
    expect(page).toContain('4.50 ms <span class="faint">· 6.00 ms</span>');
    expect(page).toContain('40.0 MB');
    expect(page).toContain('(Fast &lt;One&gt;, 4 cores, LiteRT 2.3.0 native)');
    expect(page).toMatch(/<th>Latency with 4 threads<\/th><td>measured<\/td><td>50 runs/);
    expect(page).not.toContain('not measured');
  });

  it('has the note that a person wrote', () => {
    expect(render(plain)).not.toContain('<strong>Note.</strong>');
    expect(render(plain, { note: 'For <Ann>' })).toContain(
      '<strong>Note.</strong> For &lt;Ann&gt;',
    );
  });

  it('tells what a threshold does and which confusions changed', () => {
    const page = render(plain);
    expect(page).toMatch(/<th>80\.0%<\/th><td class="number">100\.0% <span class="faint">40 of 40/);
    // The second model's one wrong answer was given with 65.5 %.
    expect(page).toContain('97.5% <span class="faint">39 of 40</span>');
    expect(page).toContain('<h3>Change from float32 to int8</h3>');
    expect(page).toContain('title="banana answered as hat: +1"');
    expect(page).toContain('title="banana answered as banana: −1"');
  });

  it('says of a model from elsewhere that its training photos are not known', () => {
    const imported = {
      fileName: 'theirs.tflite',
      sha256: 'e'.repeat(64),
      changes: [],
      proof: { pictures: 3, of: 'drawn' as const, largestDifference: 0 },
      leftOut: [],
    };
    expect(render(plain)).not.toContain('was made elsewhere');
    expect(render(plain, {}, undefined, { imported })).toContain('if these are among them');
  });

  it('is one file: no script, nothing fetched, no path of this machine', () => {
    const page = render(plain);
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`,
    );
    expect(page).not.toMatch(/<script|<link|https?:|@import|url\(/);
    expect(page).not.toContain('/secret/place');
  });

  it('shows a photo that is gone as gone', () => {
    expect(render(plain)).toContain('can’t be read any more');
  });

  it('escapes whatever people call things', () => {
    const hostile = `"><script>alert('x')</script><img src=x onerror=alert(1)>&amp;`;
    const page = render({
      labels: [hostile, '</style><b>'],
      model: hostile,
      file: hostile,
      project: hostile,
    });
    expect(page).not.toMatch(/<script|<img src=x|<b>/);
    expect(page).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;');
    expect(page).toContain('onerror=alert(1)&gt;&amp;amp;');
  });

  it('calls generated pictures generated', () => {
    const page = render(plain, { generated: true });
    expect(page).toContain('<strong>Generated pictures.</strong>');
    expect(page).toContain('the same 40 generated test pictures');
    expect(page).toContain('Pictures whose answer changed');
  });

  it('counts what was left out by reason', () => {
    const skipped = [1, 2].map((photoId) => ({ photoId, reason: 'The file is missing.' }));
    expect(render(plain, { skipped })).toContain('2 photos of the split left out: 2 × The file');
  });
});

describe('html', () => {
  it('escapes strings, keeps HTML, joins lists, drops undefined', () => {
    const bold = html`<b>${'a & "b"'}</b>`;
    expect(html`<p title="${`'`}">${[bold, ' < ', 3, undefined]}</p>`.text).toBe(
      '<p title="&#39;"><b>a &amp; &quot;b&quot;</b> &lt; 3</p>',
    );
  });

  it('tells accuracy part by part, with names that are no markup', () => {
    const camera: Slices = {
      dimension: 'camera',
      more: 1,
      slices: [
        {
          value: '<b>Pixel</b> 8',
          photos: 8,
          models: [
            { correct: 6, top1: 0.75, interval: { low: 0.41, high: 0.93 } },
            { correct: 4, top1: 0.5, interval: { low: 0.22, high: 0.78 } },
          ],
        },
      ],
    };
    expect(render(plain)).not.toContain('Part by part');
    const page = render(plain, {}, undefined, {}, [camera]);
    expect(page).toContain('Part by part');
    expect(page).toContain('&lt;b&gt;Pixel&lt;/b&gt; 8');
    expect(page).toContain('75.0% <span class="faint">41.0 – 93.0%</span>');
    expect(page).toContain('1 part with higher accuracy left out.');
  });
});
