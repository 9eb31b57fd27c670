import { Command, Option } from 'commander';
import qrcode from 'qrcode-generator';
import type { CompanionPage, PairingCode } from '../../../../shared/domain/companion-page';
import type { DeviceId } from '../../../../shared/domain/device';
import type { ModelId } from '../../../../shared/domain/model';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { followPhones } from '../follow-phones';
import { examples, jsonOption, modelId, several } from '../parse-option';
import { untilInterrupted } from '../until-interrupted';

interface Options {
  model: ModelId[];
  wifi?: boolean;
  https?: boolean;
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
    .option(
      '--https',
      'as --wifi, but encrypted, so that the live camera works; with a certificate of this computer’s own, of which phones warn',
    )
    .option('--open-on <device>', 'open it on an Android phone on a cable')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens phone-page ~/things --model model-2 --wifi',
        'pocketlens phone-page ~/things --model model-2 --https',
        'pocketlens phone-page ~/things --model model-2 --model model-1 --open-on android:0A1B2C',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const say = (json: object, text: string) =>
            line.terminal.print(options.json ? JSON.stringify(json) : text);
          const follow = followPhones(line, client, options.model, say);
          const stop = client.on('companionPage.changed', follow);
          try {
            const https = options.https ?? false;
            const wifi = https || (options.wifi ?? false);
            follow(await client.call('companionPage.turnOn', { wifi, https }));
            if (options.openOn === undefined) {
              const code = await client.call('companionPage.offer', {});
              // Asked only now: an offer may have made another certificate.
              const { https: secure } = await client.call('companionPage.state', {});
              const told = { ...code, ...(secure ? { certificate: secure.certificate } : {}) };
              say(told, [codeText(code), ...certificateLines(secure)].join('\n'));
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

/** What a person needs to know a certificate by, before a phone is told to go on in spite of its warning. */
function certificateLines(secure: CompanionPage['https']): string[] {
  if (!secure) return [];
  const { sha256, rootSha256, expiresAt } = secure.certificate;
  return [
    '',
    'The phone will warn: nobody but this computer vouches for its certificate. What it shows must be',
    `  certificate, SHA-256  ${sha256}`,
    `  its root, SHA-256     ${rootSha256}`,
    `Until ${new Date(expiresAt).toLocaleDateString()}. Is it another one, somebody stands between: don’t go on.`,
  ];
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
