import type { Comparison } from '../../../../shared/domain/comparison';
import type { Model } from '../../../../shared/domain/model';
import { count, dateTime } from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';

/** Where every figure of the report comes from, and exactly which files it is about. */
export function provenanceSection(comparison: Comparison, models: readonly Model[]): Html {
  const { models: results, skipped } = comparison;
  const reasons = new Map<string, number>();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return html`<h2>Where the figures come from</h2>
    <div class="scroll"><table>
      <thead><tr><th>Figures</th><th>Kind</th><th>On</th><th>By</th><th>When</th></tr></thead>
      <tbody>${results.map(
        ({ name, provenance }) =>
          html`<tr><th>${name}: accuracy, classes, matrix, latency with one thread, load</th><td>${provenance.kind}</td><td>${provenance.on}</td><td class="long">${provenance.by}</td><td>${dateTime(provenance.at)}</td></tr>`,
      )}
      ${costRows(comparison)}
      <tr><th>Intervals and p-value</th><td>computed</td><td>the counts above</td><td class="long">Wilson 1927; Newcombe 1998, method 10; exact McNemar 1947</td><td>${dateTime(comparison.createdAt)}</td></tr>
      <tr><th>File sizes</th><td>measured</td><td>the files below</td><td>bytes on disk</td><td>${dateTime(comparison.createdAt)}</td></tr>
      </tbody>
    </table></div>
    ${
      skipped.length === 0
        ? html`<p class="faint" style="margin-top:10px">No photo of the split was left out.</p>`
        : html`<p class="faint" style="margin-top:10px">${count(skipped.length, 'photo')} of the split left out: ${[...reasons].map(([reason, photos]) => `${photos} × ${reason}`).join(' ')}</p>`
    }
    <h2>The files</h2>
    <div class="scroll"><table>
      <thead><tr><th>Model</th><th>Made</th><th>From</th><th>SHA-256</th></tr></thead>
      <tbody>${results.map((result) => {
        const model = models.find(({ id }) => id === result.modelId);
        if (!model) {
          return html`<tr><th>${result.name} <span class="faint">${result.modelId}</span></th><td colspan="3" class="faint">Removed from the library since; the figures above were measured before.</td></tr>`;
        }
        return html`<tr><th>${model.name} <span class="faint">${model.id}</span></th><td>${dateTime(model.createdAt)}</td><td>${origin(model)}</td><td class="long"><code>${model.sha256}</code></td></tr>`;
      })}</tbody>
    </table></div>`;
}

/** What else was measured on this computer. */
function costRows({ models, machine, createdAt }: Comparison): Html[] {
  if (!machine) return [];
  const [first] = models;
  const by = `${machine.runtime}, ${machine.cpu}`;
  const row = (figures: string, on: string) =>
    html`<tr><th>${figures}</th><td>measured</td><td>${on}</td><td class="long">${by}</td><td>${dateTime(createdAt)}</td></tr>`;
  return [
    ...(first?.threadedLatencyMs
      ? [
          row(
            `Latency with ${first.threadedLatencyMs.threads} threads`,
            count(first.threadedLatencyMs.runs, 'run'),
          ),
        ]
      : []),
    ...(first?.memory ? [row('Memory', 'a start of its own for each model')] : []),
  ];
}

function origin(model: Model): string {
  const { backbone, base, versionId, parentId, training, quantization } = model;
  if (quantization) {
    const { settings, calibrationPhotos } = quantization;
    const calibrated =
      settings.precision === 'int8' || settings.precision === 'int16x8'
        ? `, calibrated on ${count(calibrationPhotos, 'training photo')}`
        : '';
    return `${parentId ?? 'a float model'}, quantized to ${settings.precision}${calibrated}`;
  }
  const photos = training ? `, ${count(training.counts.train, 'training photo')}` : '';
  const epochs = training ? `, ${count(training.epochs.length, 'epoch')}` : '';
  const from = base ? ` (opened from ${base.fileName}, SHA-256 ${base.sha256})` : '';
  return `${backbone}${from} on ${versionId}${photos}${epochs}`;
}
