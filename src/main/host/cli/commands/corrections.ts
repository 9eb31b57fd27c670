import { Command, InvalidArgumentError, Option } from 'commander';
import type { StudioClient } from '../../../../shared/api/contract';
import { AppError } from '../../../../shared/api/errors';
import {
  type Correction,
  type CorrectionId,
  type CorrectionState,
  correctionStates,
} from '../../../../shared/domain/correction';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { correctionsText } from '../corrections-output';
import { waitForJobs } from '../follow-jobs';
import { examples, jsonOption } from '../parse-option';
import { showProgress } from '../show-progress';

interface Options {
  state: CorrectionState;
  readPhones?: boolean;
  accept?: CorrectionId[];
  acceptAll?: boolean;
  as?: string;
  dismiss?: CorrectionId[];
  forgetDismissed?: boolean;
  json?: boolean;
}

/** Of one call, as the interface asks. */
const pageSize = 1000;
const acceptedAtOnce = 200;

export function correctionsCommand(line: CommandLine): Command {
  return new Command('corrections')
    .description('List what people corrected or collected on phones, and decide about it.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option('--state <state>', 'which of them to list')
        .choices(correctionStates)
        .default('new'),
    )
    .option('--read-phones', 'first take what is on connected phones that were pushed to')
    .option('--accept <id...>', 'take these into the data set, labeled as the person said', ids)
    .addOption(
      new Option(
        '--accept-all',
        'take all in whose label the project has; the others stay and are listed',
      ).conflicts('accept'),
    )
    .option('--as <label>', 'a label of the project that --accept gives instead')
    .option('--dismiss <id...>', 'out of the way; they can be brought back for 30 days', ids)
    .option('--forget-dismissed', 'remove all that are dismissed, and their photos, for good')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens corrections ~/things',
        'pocketlens corrections ~/things --accept 3 4 --dismiss 5',
        'pocketlens corrections ~/things --accept 6 --as banana',
        'pocketlens corrections ~/things --read-phones --accept-all --json',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const read = options.readPhones ? [await readPhones(line, client)] : [];
          const did = [...read, ...(await decide(client, options))];
          const { corrections, counts } = await listAll(client, options.state);
          return {
            json: { did, counts, corrections },
            text: correctionsText(did, options.state, corrections, counts),
          };
        }),
      ),
    );
}

async function readPhones(line: CommandLine, client: StudioClient): Promise<string> {
  const { sentence } = await client.call('corrections.readPhones', {});
  await waitForJobs(client, 'read-feedback', {
    signal: line.signal,
    onProgress: showProgress(line.terminal),
  });
  return sentence;
}

/** What was asked for, in this order. @returns a sentence for each step. */
async function decide(client: StudioClient, options: Options): Promise<string[]> {
  const { accept = [], dismiss = [], acceptAll, as, forgetDismissed } = options;
  const twice = accept.find((id) => dismiss.includes(id));
  if (twice !== undefined) {
    throw new AppError('bad-request', `${twice} is to be accepted and dismissed.`, 'Name it once.');
  }
  if (as !== undefined && accept.length === 0) {
    throw new AppError('bad-request', '--as says what is accepted.', 'Name it with --accept.');
  }
  const label = as === undefined ? {} : { labelId: await labelNamed(client, as) };
  const accepted = acceptAll
    ? (await listAll(client, 'new')).corrections.filter(({ labelId }) => labelId !== undefined)
    : accept.map((id) => ({ id }));
  const did: string[] = [];
  for (let from = 0; from < accepted.length; from += acceptedAtOnce) {
    const items = accepted.slice(from, from + acceptedAtOnce).map(({ id }) => ({ id, ...label }));
    did.push((await client.call('corrections.accept', { items })).sentence);
  }
  if (dismiss.length > 0) {
    did.push((await client.call('corrections.dismiss', { ids: dismiss })).sentence);
  }
  if (forgetDismissed) did.push((await client.call('corrections.forgetDismissed', {})).sentence);
  return did;
}

async function labelNamed(client: StudioClient, name: string): Promise<number> {
  const { labels } = await client.call('dataset.summary', {});
  const found = labels.find((label) => label.name === name);
  if (found) return found.id;
  throw new AppError(
    'not-found',
    `The project has no label ${name}.`,
    labels.length > 0
      ? `It has ${labels.map((label) => label.name).join(', ')}.`
      : 'Import photos in a folder a label first.',
  );
}

async function listAll(client: StudioClient, state: CorrectionState) {
  const corrections: Correction[] = [];
  for (;;) {
    const page = { state, offset: corrections.length, limit: pageSize };
    const { corrections: more, counts } = await client.call('corrections.list', page);
    corrections.push(...more);
    if (more.length < pageSize) return { corrections, counts };
  }
}

/** `3`, `correction-3`, or several with commas; again and again. */
function ids(text: string, before: CorrectionId[] | undefined): CorrectionId[] {
  const named = text.split(',').map((one): CorrectionId => {
    const number = /^(?:correction-)?(\d{1,15})$/.exec(one.trim())?.[1];
    if (number !== undefined) return `correction-${Number(number)}`;
    throw new InvalidArgumentError(
      'A correction is a number; "pocketlens corrections DIR" lists them.',
    );
  });
  return [...new Set([...(before ?? []), ...named])];
}
