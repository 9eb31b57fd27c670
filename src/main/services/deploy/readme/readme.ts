import type { Comparison } from '../../../../shared/domain/comparison';
import type { TensorEncoding } from '../../../../shared/domain/preprocessing';
import type { ProjectInfo } from '../../../../shared/domain/project';
import type { CrossCheck } from '../../../workers/tasks';
import { describeCrossCheck } from '../cross-check';
import type { ExportedExample, ExportedModel } from '../exported-model';
import { baseNotice } from './base-notice';
import { kotlinSnippet } from './kotlin-snippet';
import { oneLine } from './one-line';
import { swiftSnippet } from './swift-snippet';
import { workedExample } from './worked-example';

export interface ReadmeSource {
  project: ProjectInfo;
  /** The model asked for first, then its float parent. */
  models: readonly [ExportedModel, ...ExportedModel[]];
  example: ExportedExample | undefined;
  /** Each model on both implementations of LiteRT, where there are two. */
  checks: readonly (CrossCheck | undefined)[];
  comparison: Comparison | undefined;
  at: Date;
}

/** README.md of an export, for whoever builds the app. */
export function readme({ project, models, example, checks, comparison, at }: ReadmeSource): string {
  const [{ model, stem }] = models;
  const { preprocessing } = model;
  return `# ${oneLine(model.name)}

Exported by Pocketlens Studio from the project “${oneLine(project.name)}” on ${at.toISOString().slice(0, 10)}. It tells ${preprocessing.labels.length} labels apart: ${preprocessing.labels.map(oneLine).join(', ')}.
${generatedNotice(project.generated)}${baseNotice(model.base)}
## Files

| File | What it is |
| --- | --- |
${models.map(fileRows).join('\n')}
| \`labels.txt\` | The labels, one a line, in order of the outputs |
${example ? `| \`${example.fileName}\` | The photo of the worked example, encoded anew: upright, and without its EXIF data |\n| \`example-input.rgb\` | The same photo cut and resized: ${preprocessing.width} × ${preprocessing.height} RGB bytes |\n` : ''}${comparison ? '| `report.html`, `report.json` | How the models compare, for people and for programs |\n' : ''}| \`pocketlens-export.json\` | List of these files with their SHA-256 |

## What to do to a photo

Most models that “work on the computer and not on the phone” fail here. Do exactly this, in this order:

1. Turn the photo upright by its EXIF orientation and convert it to sRGB. Put transparent parts on rgb(${preprocessing.background.join(', ')}).
2. Cut the centered square whose side is ${preprocessing.cropFraction} × the short side.
3. Resize it to ${preprocessing.width} × ${preprocessing.height} pixels (the models were trained with an antialiased bicubic filter).
4. Take the red, green and blue bytes (0 to 255) of each pixel, row by row from the top left: shape [1, ${preprocessing.height}, ${preprocessing.width}, 3].
5. Normalize each channel: real = (byte − mean) / std, with mean ${preprocessing.mean.join(', ')} and std ${preprocessing.std.join(', ')}.
6. Store the real numbers as the model’s input says:

| Model | Input | Output |
| --- | --- | --- |
${models.map(({ stem: name, model: each }) => `| \`${name}.tflite\` | ${encoding(each.preprocessing.input)} | ${encoding(each.preprocessing.output)} |`).join('\n')}

The output has one probability a label. Integers say real = scale × (stored − zero point), and are stored as round(real / scale) + zero point, cut off at the type’s ends.

${example ? workedExample(models, example) : noExample}
## Two runtimes

${models.map(({ stem: name }, index) => `- \`${name}.tflite\`: ${inTwoRuntimes(checks[index])}.`).join('\n')}

${comparison ? `## How good it is\n\n${comparison.verdict}\n\n\`report.html\` has the intervals, every photo whose answer changed, and where each figure comes from.\n` : notCompared}
## Kotlin (Android)

Generated from the contract of \`${stem}.tflite\`. From Java, \`new Classifier(context).classify(bitmap)\` calls the same class.

\`\`\`kotlin
${kotlinSnippet(preprocessing, stem)}\`\`\`

## Swift (iOS)

\`\`\`swift
${swiftSnippet(preprocessing, stem)}\`\`\`

Both snippets scale with what the platform offers, which is not the filter of training: expect probabilities that differ a little from the worked example. To check everything else exactly, feed \`example-input.rgb\` in from step 5 on.
`;
}

const inTwoRuntimes = (check: CrossCheck | undefined): string =>
  check
    ? describeCrossCheck(check)
    : 'run on one implementation of LiteRT only, for there was no second one or no photo when this was exported';

const generatedNotice = (generated: boolean): string =>
  generated
    ? '\n> **Generated pictures.** This model was trained on drawings made by a program, not on photographs. It is for trying out the way into an app, not for use.\n'
    : '';

const noExample = `## Worked example

No photo of the project could be read when this was exported, so there is none. Relink the photos and export again to get one.
`;

const notCompared = `## How good it is

This model was not compared with another one yet. Compare it in Pocketlens Studio and export again to have the report here.
`;

function fileRows({ model, stem }: ExportedModel): string {
  const megabytes = (model.bytes / 1_000_000).toFixed(1);
  return `| \`${stem}.tflite\` | ${oneLine(model.name)}: ${model.precision}, ${megabytes} MB |
| \`${stem}.preprocessing.json\` | The contract below, for programs |`;
}

/** "uint8, scale 0.00390625, zero point 0". */
function encoding(tensor: TensorEncoding): string {
  if (tensor.type === 'float32') return 'float32';
  return `${tensor.type}, scale ${tensor.scale}, zero point ${tensor.zeroPoint}`;
}
