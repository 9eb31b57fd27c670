import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { DeviceTool } from '../../../../shared/domain/device';
import { type CommandLine, runCommand, withApp } from '../command-runner';
import { examples, jsonOption } from '../parse-option';
import { remedyText } from '../phones-output';

/**
 * Access to phones of any maker for whoever sits at the computer. By interface, not by vendor: adb is
 * class 255, subclass 66; its two protocols are adb and fastboot.
 */
const udevRule = `# /etc/udev/rules.d/51-android.rules
SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ENV{ID_USB_INTERFACES}=="*:ff420?:*", TAG+="uaccess"`;

interface Options {
  adb?: string;
  forgetAdb?: boolean;
  json?: boolean;
}

export function doctorCommand(line: CommandLine): Command {
  return new Command('doctor')
    .description('Tell whether everything is there that reaching phones needs.')
    .option('--adb <path>', 'have the studio use this adb from now on: the program, or its folder')
    .addOption(new Option('--forget-adb', 'have the studio look for adb again').conflicts('adb'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `${examples(
        'pocketlens doctor',
        'pocketlens doctor --json',
        'pocketlens doctor --adb ~/Downloads/platform-tools',
      )}

adb is, the first of: what the environment variable ADB names, what --adb chose, the Android SDK
(ANDROID_HOME, ANDROID_SDK_ROOT), the PATH, the usual places. A chosen one that no longer works is passed
over, and said.`,
    )
    .action((options: Options) =>
      runCommand(line, options, () =>
        withApp(line, async (_, client) => {
          if (options.adb !== undefined) {
            // The studio may run in another folder than this command.
            const path = options.adb.startsWith('~') ? options.adb : resolve(options.adb);
            await client.call('devices.chooseAdb', { path });
          }
          if (options.forgetAdb) await client.call('devices.chooseAdb', {});
          const { tools, devices } = await client.call('devices.list', {});
          const rule = process.platform === 'linux' ? udevRule : undefined;
          return {
            json: { tools, devices, ...(rule === undefined ? {} : { udevRule: rule }) },
            text: [
              ...tools.map(toolText),
              `phones: ${devices.length === 0 ? 'none connected' : devices.map(({ name, state }) => `${name} (${state})`).join(', ')}`,
              ...devices.filter(({ state }) => state !== 'ready').map(remedyText),
              ...(rule === undefined
                ? []
                : [
                    '',
                    'If a phone shows “no-permission”, save these lines as root, run “udevadm control --reload”, and plug it in again:',
                    rule,
                  ]),
            ].join('\n'),
          };
        }),
      ),
    );
}

const origins = { setting: 'chosen', environment: 'by ADB' } as const;

function toolText(tool: DeviceTool): string {
  const { name, state, version, location, origin, notice, problem, remedy } = tool;
  if (state === 'ready') {
    const facts = [`${name}: ready`, version, location, origin && origins[origin]];
    return [facts.filter(Boolean).join(' · '), notice && `  ${notice}`].filter(Boolean).join('\n');
  }
  return `${name}: ${state} — ${[problem, remedy].filter(Boolean).join(' ')}`;
}
