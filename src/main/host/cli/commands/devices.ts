import { Command } from 'commander';
import type { EventPayload } from '../../../../shared/api/contract';
import type { Device } from '../../../../shared/domain/device';
import { deviceRemedy } from '../../../../shared/domain/device-remedy';
import { type CommandLine, runCommand, withApp } from '../command-runner';
import { examples, jsonOption } from '../parse-option';
import { formatTable } from '../table';
import { untilInterrupted } from '../until-interrupted';

interface Options {
  watch?: boolean;
  connect?: string;
  json?: boolean;
}

type Phones = EventPayload<'devices.changed'>;

export function devicesCommand(line: CommandLine): Command {
  const { terminal } = line;
  return new Command('devices')
    .description('List connected phones, and what to do about those that are not ready.')
    .option('--watch', 'go on telling of changes; ends with Ctrl+C')
    .option('--connect <host:port>', 'reach an Android phone over Wi-Fi first')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens devices',
        'pocketlens devices --watch --json',
        'pocketlens devices --connect 192.168.1.5:5555',
      ),
    )
    .action((options: Options) =>
      runCommand(line, options, () =>
        withApp(line, async (_app, client) => {
          if (options.connect !== undefined) {
            await client.call('devices.connect', { address: options.connect });
          }
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

function phonesText({ devices, tools }: Phones): string {
  const troubled = tools.filter(({ state }) => state !== 'ready');
  return [
    devices.length === 0 ? 'No phone is connected.' : table(devices),
    ...devices.filter(({ state }) => state !== 'ready').map(whatToDo),
    ...troubled.map(({ problem, remedy }) => [problem, remedy].filter(Boolean).join(' — ')),
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

function whatToDo(device: Device): string {
  const { says, steps } = deviceRemedy(device);
  return [`${device.name}: ${says}`, ...steps.map((step, index) => `  ${index + 1}. ${step}`)].join(
    '\n',
  );
}
