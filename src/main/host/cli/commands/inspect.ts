import { resolve } from 'node:path';
import { Command } from 'commander';
import { inspectModel } from '../../../app/inspect-model';
import { type CommandLine, runCommand } from '../command-runner';
import { graphText } from '../graph-output';
import { examples, jsonOption } from '../parse-option';

export function inspectCommand(line: CommandLine): Command {
  return new Command('inspect')
    .description('Tell what a model file computes, operator by operator. Needs no project.')
    .argument(
      '<file>',
      'any .tflite file, or a TensorFlow.js layers model: its model.json, folder or zip',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens inspect model-2.tflite',
        'pocketlens inspect tm-my-image-model.zip',
        'pocketlens inspect graph.lite --json',
      ),
    )
    .action((file: string, options: { json?: boolean }) =>
      runCommand(line, options, async () => {
        const { environment, signal } = line;
        const summary = await inspectModel(environment, { modelFile: resolve(file), signal });
        return { json: { file, ...summary }, text: graphText(summary) };
      }),
    );
}
