import { Command, Option } from 'commander';
import qrcode from 'qrcode-generator';
import type { StudioClient } from '../../../../shared/api/contract';
import { AppError } from '../../../../shared/api/errors';
import type { CompanionPage, PairingCode } from '../../../../shared/domain/companion-page';
import { companionTarget } from '../../../../shared/domain/deployment';
import type { DeviceId } from '../../../../shared/domain/device';
import type { ModelId } from '../../../../shared/domain/model';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { examples, jsonOption, modelId, several } from '../parse-option';
import { untilInterrupted } from '../until-interrupted';
import { outcomeOf, outcomeText, pushTo } from './push';

interface Options {
  model: ModelId[];
  wifi?: boolean;
  openOn?: DeviceId;
  json?: boolean;
}

export function phonePageCommand(line: CommandLine): Command {
  return new Command('phone-page')
    .description(
      'Serve a page that runs models in a phone’s browser, and push to phones that open it. Ends with Ctrl+C.',
    )
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option('--model <id>', 'the model; again for more, the first is the one to run')
        .argParser(several(modelId))
        .makeOptionMandatory(),
    )
    .option('--wifi', 'to the whole network, not only by cable; use it where you trust everybody')
    .option('--open-on <device>', 'open it on an Android phone on a cable')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens phone-page ~/things --model model-2 --wifi',
        'pocketlens phone-page ~/things --model model-2 --model model-1 --open-on android:0A1B2C',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const say = (json: object, text: string) =>
            line.terminal.print(options.json ? JSON.stringify(json) : text);
          const follow = followPhones(line, client, options, say);
          const stop = client.on('companionPage.changed', follow);
          try {
            follow(await client.call('companionPage.turnOn', { wifi: options.wifi ?? false }));
            if (options.openOn === undefined) {
              const code = await client.call('companionPage.offer', {});
              say(code, codeText(code));
            } else {
              await client.call('companionPage.openOnPhone', { deviceId: options.openOn });
              say({ openedOn: options.openOn }, 'Opened on the phone.');
            }
            await untilInterrupted(line.signal);
          } finally {
            stop();
          }
          return { json: { stopped: true }, text: 'Stopped.' };
        }),
      ),
    );
}

/** Pushes to each phone as it opens the page; one that closes it and comes back gets it again. */
function followPhones(
  line: CommandLine,
  client: StudioClient,
  { model }: Options,
  say: (json: object, text: string) => void,
): (page: CompanionPage) => void {
  let here = new Set<DeviceId>();
  return ({ phones }) => {
    const before = here;
    const open = phones.filter(({ isConnected }) => isConnected);
    here = new Set(open.map(({ id }) => id));
    for (const { id } of open) {
      if (before.has(id)) continue;
      pushTo(line, client, id, { model, target: companionTarget.id })
        .then((outcome) => say(outcomeOf(outcome), outcomeText(outcome)))
        .catch((error: unknown) => {
          // Ctrl+C ends what is under way.
          if (error instanceof AppError) return line.terminal.note(error.message);
          line.environment.log.error('A push failed', error);
        });
    }
  };
}

function codeText({ cableLink, wifiLinks, expiresAt }: PairingCode): string {
  const links = wifiLinks.length > 0 ? wifiLinks : [cableLink];
  const [first = cableLink] = links;
  const code = qrcode(0, 'L');
  code.addData(first);
  code.make();
  return [
    ...(wifiLinks.length > 0 ? [code.createASCII(1, 2)] : []),
    ...links,
    `Good for one phone, until ${new Date(expiresAt).toLocaleTimeString()}. Stop with Ctrl+C.`,
  ].join('\n');
}
