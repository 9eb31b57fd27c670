import { Command, Option } from 'commander';
import type { MethodOutput } from '../../../../shared/api/contract';
import { worstRounded } from '../../../../shared/domain/layer-error';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { count, formatShare } from '../format';
import { examples, jsonOption, modelId } from '../parse-option';
import { formatTable } from '../table';

interface Options {
  model: string;
  json?: boolean;
}

export function layersCommand(line: CommandLine): Command {
  return new Command('layers')
    .description('Tell where a quantized model strays from its float parent, tensor by tensor.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option('--model <id>', 'a quantized model').makeOptionMandatory().argParser(modelId),
    )
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens layers ~/things --model model-2'))
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const { signal } = line;
          line.terminal.progress('Measuring layers', 'layers');
          const asked = { modelId: options.model };
          const measured = await client.call('quantization.layers', asked, { signal });
          return { json: measured, text: layersText(measured) };
        }),
      ),
    );
}

function layersText({ layers, photos, runtime }: MethodOutput<'quantization.layers'>): string {
  return [
    formatTable(
      [
        { header: 'Tensor' },
        { header: 'Operator' },
        { header: 'Signal to noise', align: 'right' },
        { header: 'Added here', align: 'right' },
        { header: 'Clipped', align: 'right' },
      ],
      layers.map(({ name, operator, signalToNoise, added, clipped }) => [
        name,
        operator,
        `${signalToNoise.toFixed(1)} dB`,
        formatShare(added),
        formatShare(clipped),
      ]),
    ),
    '',
    `Rounding costs most in: ${worstRounded(layers, 3).join(', ') || 'none of them'}.`,
    `Measured on ${count(photos, 'photo')}, ${runtime}.`,
  ].join('\n');
}
