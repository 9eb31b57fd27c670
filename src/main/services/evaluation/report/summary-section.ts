import type { Comparison, Difference, ModelResult } from '../../../../shared/domain/comparison';
import { type Judgement, judge, verdictSentences } from '../../../../shared/domain/verdict';
import {
  count,
  fileSize,
  milliseconds,
  pictureNoun,
  pointRange,
  points,
} from '../../../platform/report/format';
import { type Html, html } from '../../../platform/report/html';

const tags: Record<Judgement, { tone: 'good' | 'bad' | 'open'; text: string }> = {
  better: { tone: 'good', text: 'Clearly better' },
  'within-chance': { tone: 'good', text: 'No difference found' },
  undecided: { tone: 'open', text: 'Cannot be told apart' },
  'too-few': { tone: 'open', text: 'Too few photos' },
  worse: { tone: 'bad', text: 'Clearly worse' },
};

/** The verdict, and the four figures it rests on where two models are compared. */
export function summarySection(comparison: Comparison): Html {
  const { models, differences, verdict, note, generated } = comparison;
  const [first, second] = models;
  const [difference] = differences;
  const tag = strictest(differences, first?.total ?? 0);
  return html`<section class="verdict ${tag.tone}">
      <div class="tag">${tag.text}</div>
      ${differences.length === 1 ? html`<p class="sentence">${verdict}</p>` : verdictSentences(comparison).map((sentence) => html`<p>${sentence}</p>`)}
    </section>
    ${note ? html`<p class="lead"><strong>Note.</strong> ${note}</p>` : undefined}
    ${generated ? generatedNotice : undefined}
    ${first && second && difference && models.length === 2 ? tiles(first, second, difference, pictureNoun(generated)) : undefined}`;
}

const generatedNotice = html`<p class="notice"><strong>Generated pictures.</strong> This project’s pictures were drawn by a program and are no photographs. The figures show how the two files compare with each other on these drawings, never how good they are on photographs.</p>`;

/** With several differences the tag warns of the worst. */
function strictest(differences: readonly Difference[], photos: number) {
  const order: Judgement[] = ['worse', 'too-few', 'undecided', 'within-chance', 'better'];
  const found = differences.map((difference) => judge(difference, photos));
  return tags[order.find((judgement) => found.includes(judgement)) ?? 'undecided'];
}

function tiles(
  first: ModelResult,
  second: ModelResult,
  difference: Difference,
  noun: string,
): Html {
  const { sizeRatio, speedRatio, lost, gained } = difference;
  return html`<div class="tiles">
    ${tile('File size', ratio(sizeRatio, 'smaller', 'larger'), `${fileSize(first.bytes)} → ${fileSize(second.bytes)}`)}
    ${tile('Speed', ratio(speedRatio, 'faster', 'slower'), `${milliseconds(first.latencyMs.p50)} → ${milliseconds(second.latencyMs.p50)}`)}
    ${tile('Accuracy', html`${points(difference.top1)} <small>points</small>`, `95%: ${pointRange(difference.interval)}`)}
    ${tile('Changed answers', String(difference.flips.length), `${lost} lost, ${gained} gained of ${count(second.total, noun)}`)}
  </div>`;
}

function tile(name: string, value: Html | string, detail: string): Html {
  return html`<div class="tile"><div class="name">${name}</div><div class="value">${value}</div><div class="detail">${detail}</div></div>`;
}

function ratio(value: number, more: string, less: string): Html {
  const factor = value >= 1 ? value : 1 / value;
  return html`${factor.toFixed(1)}× <small>${value >= 1 ? more : less}</small>`;
}
