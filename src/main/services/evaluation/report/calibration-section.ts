import { topKAccuracies } from '../../../../shared/domain/answer-ranks';
import { type Calibration, calibrationOf } from '../../../../shared/domain/calibration';
import type { Comparison } from '../../../../shared/domain/comparison';
import { intervalChart } from '../../../platform/report/charts';
import { count, percent, percentRange, pictureNoun } from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';
import { modelNames } from './model-names';

/** Whether the truth is at least among the likeliest, and whether probabilities can be believed. */
export function calibrationSection({ models, answers, labels, generated }: Comparison): Html {
  const nameOf = modelNames(models);
  const noun = pictureNoun(generated);
  return html`<h2>Top answers and calibration</h2>
    <p class="lead">Top-k: the truth is among the k likeliest answers. Calibration: of the answers given with 80%, about 80% should be right; the expected calibration error (ECE, Guo et al. 2017) is the mean distance from that, over bins of about equally many ${noun}s. With few ${noun}s it is above 0 by chance alone.</p>
    ${models.map(({ modelId }, index) => {
      const calibration = calibrationOf(answers, index);
      return html`<div class="panel">
        <h3>${nameOf(modelId)}</h3>
        <dl class="facts">
          ${topKAccuracies(labels.length, answers, index).map(({ k, share, interval, correct, total }) => html`<div><dt>Top-${k}</dt><dd>${percent(share)}<span class="faint">${correct} of ${total}; 95%: ${percentRange(interval)}</span></dd></div>`)}
          <div><dt>ECE</dt><dd>${calibration.error === undefined ? '–' : percent(calibration.error)}<span class="faint">${count(calibration.bins.length, 'bin')} of equal mass</span></dd></div>
        </dl>
        ${binTable(calibration, noun)}
      </div>`;
    })}`;
}

function binTable({ bins }: Calibration, noun: string): Html {
  return html`<div class="scroll" style="margin-top:10px"><table>
    <thead><tr><th>Answered with</th><th class="number">${noun === 'photo' ? 'Photos' : 'Pictures'}</th><th class="number">Mean probability</th><th class="number">Right</th><th class="number">95% (Wilson)</th><th></th></tr></thead>
    <tbody>${bins.map(
      ({ photos, correct, confidenceRange, confidence, accuracy, interval }) =>
        html`<tr><td>${percentRange(confidenceRange)}</td><td class="number">${photos}</td><td class="number">${percent(confidence)}</td><td class="number">${percent(accuracy)} <span class="faint">${correct} of ${photos}</span></td><td class="number">${percentRange(interval)}</td><td class="chart">${intervalChart(accuracy, interval, { low: -0.02, high: 1.02 })}</td></tr>`,
    )}</tbody>
  </table></div>`;
}
