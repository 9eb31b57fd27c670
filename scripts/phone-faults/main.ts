// npm run phone-faults: every fault at N random moments of a push to pretended phones behind the real adb and
// libimobiledevice. A table on stdout; 1 on any violation.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { adbBinary } from '../../tests/fakes/android/real-adb';
import { hasIosLibrary } from '../../tests/fakes/iphone/real-libimobiledevice';
import { buildIphoneProcess } from '../../tests/fixtures/iphones';
import { openAndroidFaults } from './android-faults';
import type { FaultSet } from './faulty-phone';
import { openIphoneFaults } from './iphone-faults';
import { type FaultRow, runFaults } from './run-faults';

const values = new Command('npm run phone-faults --')
  .description('Every fault at random moments of a push to pretended phones.')
  .option('--moments <count>', 'moments of each fault', '20')
  .option('--seed <number>', 'where the moments are drawn from', '1')
  .addOption(new Option('--phone <kind>', 'this kind only').choices(['android', 'iphone']))
  .option('--fault <name>', 'this fault only')
  .parse()
  .opts<{ moments: string; seed: string; phone?: string; fault?: string }>();
const folder = await mkdtemp(join(tmpdir(), 'pocketlens-faults-'));
let violations = 0;
try {
  if (values.phone !== 'iphone') await android();
  if (values.phone !== 'android') await iphone();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = violations > 0 ? 1 : 0;

async function android(): Promise<void> {
  if (adbBinary === undefined) process.stdout.write('Android: skipped, there is no adb.\n');
  else await table('Android', await openAndroidFaults(join(folder, 'android')));
}

async function iphone(): Promise<void> {
  if (!hasIosLibrary()) {
    process.stdout.write('iPhone: skipped, there is no libimobiledevice.\n');
    return;
  }
  const { file, remove } = await buildIphoneProcess();
  try {
    await table('iPhone', await openIphoneFaults(join(folder, 'iphone'), file));
  } finally {
    remove();
  }
}

async function table(title: string, set: FaultSet): Promise<void> {
  const said: string[] = [];
  process.stdout.write(
    `\n## ${title}\n\n| fault | moments | went through | kept the old model | violations |\n| --- | --: | --: | --: | --: |\n`,
  );
  const show = ({
    fault,
    moments,
    wentThrough,
    keptOld,
    said: texts,
    violations: found,
  }: FaultRow) => {
    violations += found.length;
    process.stdout.write(
      `| ${fault} | ${moments} | ${wentThrough} | ${keptOld} | ${found.length} |\n`,
    );
    said.push(`- **${fault}**`, ...texts.map((text) => `  - ${text}`));
    said.push(...found.map((text) => `  - VIOLATION ${text}`));
  };
  try {
    const { moments, seed, fault } = values;
    await runFaults(
      set,
      {
        folder,
        moments: Number(moments),
        seed: Number(seed),
        ...(fault === undefined ? {} : { only: [fault] }),
      },
      show,
    );
  } finally {
    await set.phone.dispose();
    process.stdout.write(`\n### What was said\n\n${said.join('\n')}\n`);
  }
}
