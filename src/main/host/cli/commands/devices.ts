import { Command } from 'commander';
import type { EventPayload, StudioClient } from '../../../../shared/api/contract';
import { AppError } from '../../../../shared/api/errors';
import type { Device } from '../../../../shared/domain/device';
import { type CommandLine, runCommand, withApp } from '../command-runner';
import { examples, jsonOption } from '../parse-option';
import { remedyText } from '../phones-output';
import { formatTable } from '../table';
import { untilInterrupted } from '../until-interrupted';

interface Options {
  watch?: boolean;
  connect?: string;
  pair?: string;
  code?: string;
  json?: boolean;
}

type Phones = EventPayload<'devices.changed'>;

export function devicesCommand(line: CommandLine): Command {
  const { terminal } = line;
  return new Command('devices')
    .description('List connected phones, and what to do about those that are not ready.')
    .option('--watch', 'go on telling of changes; ends with Ctrl+C')
    .option('--connect <host:port>', 'reach an Android phone over Wi-Fi first')
    .option('--pair <host:port>', 'have an Android phone allow this computer over Wi-Fi first')
    .option('--code <digits>', 'what its pairing dialog shows, for --pair')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `${examples(
        'pocketlens devices',
        'pocketlens devices --watch --json',
        'pocketlens devices --connect 192.168.1.5:5555',
        'pocketlens devices --pair 192.168.1.5:37099 --code 482913',
      )}

Pairing takes adb 30 or newer, and a phone with Android 11 or newer: Developer options, Wireless debugging,
“Pair device with pairing code”. Each dialog has another port and another code. The port for --connect is
the one on the page behind it.`,
    )
    .action((options: Options) =>
      runCommand(line, options, () =>
        withApp(line, async (_app, client) => {
          await reachOverWifi(line, client, options);
          const watch = options.watch === true;
          const show = (phones: Phones) =>
            terminal.print(options.json ? JSON.stringify(phones) : phonesText(phones));
          const stop = watch ? client.on('devices.changed', show) : undefined;
          const phones = await client.call('devices.list', { watch });
          if (!watch) return { json: phones, text: phonesText(phones) };
          await untilInterrupted(line.signal);
          stop?.();
          return { json: { stopped: true }, text: 'Stopped.' };
        }),
      ),
    );
}

async function reachOverWifi(
  { terminal }: CommandLine,
  client: StudioClient,
  { pair, code, connect }: Options,
): Promise<void> {
  if ((pair === undefined) !== (code === undefined)) {
    throw new AppError(
      'bad-request',
      'A pairing takes an address and a code.',
      'Give both as the phone’s pairing dialog shows them: --pair HOST:PORT --code DIGITS.',
    );
  }
  if (pair !== undefined && code !== undefined) {
    const { connectedTo } = await client.call('devices.pair', { address: pair, code });
    terminal.note(
      connectedTo === undefined
        ? 'Paired. Connect with --connect and the address on the phone’s page “Wireless debugging”; its port is another one.'
        : `Paired, and connected to ${connectedTo}.`,
    );
  }
  if (connect !== undefined) await client.call('devices.connect', { address: connect });
}

function phonesText({ devices, tools }: Phones): string {
  const troubled = tools.filter(({ state }) => state !== 'ready');
  return [
    devices.length === 0 ? 'No phone is connected.' : table(devices),
    ...devices.filter(({ state }) => state !== 'ready').map(remedyText),
    ...troubled.map(({ problem, remedy }) => [problem, remedy].filter(Boolean).join(' — ')),
    ...tools.flatMap(({ notice }) => notice ?? []),
  ].join('\n');
}

function table(devices: readonly Device[]): string {
  return formatTable(
    [{ header: 'Device' }, { header: 'Name' }, { header: 'System' }, { header: 'State' }],
    devices.map(({ id, name, platform, osVersion, state }) => [
      id,
      name,
      [platformNames[platform], osVersion].filter(Boolean).join(' '),
      state,
    ]),
  );
}

const platformNames = { android: 'Android', ios: 'iOS', browser: 'Browser' } as const;
