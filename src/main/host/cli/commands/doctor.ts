import { Command } from 'commander';
import type { DeviceTool } from '../../../../shared/domain/device';
import { type CommandLine, runCommand, withApp } from '../command-runner';
import { examples, jsonOption } from '../parse-option';

/**
 * Access to phones of any maker for whoever sits at the computer. By interface, not by vendor: adb is
 * class 255, subclass 66; its two protocols are adb and fastboot.
 */
const udevRule = `# /etc/udev/rules.d/51-android.rules
SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ENV{ID_USB_INTERFACES}=="*:ff420?:*", TAG+="uaccess"`;

export function doctorCommand(line: CommandLine): Command {
  return new Command('doctor')
    .description('Tell whether everything is there that reaching phones needs.')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens doctor', 'pocketlens doctor --json'))
    .action((options: { json?: boolean }) =>
      runCommand(line, options, () =>
        withApp(line, async (_, client) => {
          const { tools, devices } = await client.call('devices.list', {});
          const rule = process.platform === 'linux' ? udevRule : undefined;
          return {
            json: { tools, devices, ...(rule === undefined ? {} : { udevRule: rule }) },
            text: [
              ...tools.map(toolText),
              `phones: ${devices.length === 0 ? 'none connected' : devices.map(({ name, state }) => `${name} (${state})`).join(', ')}`,
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

function toolText({ name, state, version, location, problem, remedy }: DeviceTool): string {
  if (state === 'ready') return [`${name}: ready`, version, location].filter(Boolean).join(' · ');
  return `${name}: ${state} — ${[problem, remedy].filter(Boolean).join(' ')}`;
}
