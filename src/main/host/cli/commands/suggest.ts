import { Command, InvalidArgumentError, Option } from 'commander';
import { votingNeighbors } from '../../../../shared/domain/suggestion';
import type { SuggestionSource } from '../../../../shared/domain/suggestion-source';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { count, formatShare } from '../format';
import { examples, jsonOption } from '../parse-option';
import { formatTable } from '../table';

interface Options {
  accept?: number;
  json?: boolean;
}

export function suggestCommand(line: CommandLine): Command {
  return new Command('suggest')
    .description('Tell what unlabeled photos would be called, and label them so when asked to.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option(
        '--accept <probability>',
        'label photos whose suggestion is at least this probable, 0 to 1',
      ).argParser(probability),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('pocketlens suggest ~/things', 'pocketlens suggest ~/things --accept 0.9'),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const { signal } = line;
          line.terminal.progress('Preparing photos and working out suggestions', 'suggest');
          await client.call('suggestions.compute', {}, { signal });
          const { source, answered, counts } = await client.call('suggestions.state', {});
          const threshold = options.accept;
          // Nothing as probable as that is no failure here: the command was to accept what is.
          const some =
            threshold !== undefined &&
            (await client.call('suggestions.state', { thresholds: [threshold] })).counts.some(
              ({ photos }) => photos > 0,
            );
          const accepted = some
            ? await client.call('suggestions.accept', { threshold })
            : { description: 'No suggestion is that probable; nothing was labeled.', photos: 0 };
          return {
            json: {
              source,
              answered,
              counts,
              ...(threshold === undefined ? {} : { accepted: { threshold, ...accepted } }),
            },
            text: [
              describeSource(source),
              '',
              formatTable(
                [{ header: 'Probability' }, { header: 'Unlabeled photos', align: 'right' }],
                counts.map(({ threshold: at, photos }) => [`≥ ${formatShare(at)}`, String(photos)]),
              ),
              ...(threshold === undefined ? [] : ['', accepted.description]),
            ].join('\n'),
          };
        }),
      ),
    );
}

function probability(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('It is a number from 0 to 1, like 0.9.');
}

function describeSource(source: SuggestionSource): string {
  if (source.kind === 'model') return `Suggestions by ${source.name} (${source.modelId}).`;
  if (source.kind === 'neighbors') {
    return `Suggestions by the ${votingNeighbors} nearest of ${count(source.labeled, 'labeled photo')}; probabilities are shares of their votes.`;
  }
  return source.reason === 'labels'
    ? 'No suggestions: label photos of at least two labels first, or train a model.'
    : 'No suggestions: too few labeled photos could be prepared.';
}
