import { companionApp } from '@shared/domain/companion-protocol';
import type { PhoneFiles } from './phone-files';
import { runShellScript, type ShellHooks } from './shells';

export interface PhoneProperties {
  serial: string;
  maker: string;
  model: string;
  osVersion: string;
}

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/**
 * The commands a phone has and this computer has not, and those that a fault touches, as functions
 * of a real shell: quoting, `&&` and exit codes are the shell's own, not our idea of them.
 */
function prelude(files: PhoneFiles, apps: readonly string[], phone: PhoneProperties): string {
  // The app that is installed while the test runs, in which it differs from those of `apps`.
  const ownApp = files.local(`/data/app/${companionApp.appId}`);
  const ownFiles = files.local(`/sdcard/Android/data/${companionApp.appId}/files/models`);
  const free = Math.floor(files.freeBytes() / 1024);
  const total = Math.floor(files.capacity / 1024);
  const denied = (word: string) =>
    `case "$last" in ${[
      ...(files.faults.denyApps ? ['/sdcard/Android/data/*'] : []),
      ...(files.faults.denyStaging ? ['/data/local/tmp/*'] : []),
      '/proc/none',
    ]
      .map((path) => files.local(path))
      .join('|')}) echo "${word}: $last: Permission denied"; return 1;; esac`;
  return `
    pm() {
      if [ "$1" = install ]; then
        ${files.faults.installProblem === undefined ? '' : `echo ${quoted(`Failure [${files.faults.installProblem}]`)}; return 1`}
        mkdir -p ${ownApp} && command cp "$3" ${ownApp}/base.apk && echo Success; return; fi
      if [ "$2" = ${companionApp.appId} ] && [ -f ${ownApp}/base.apk ]; then
        echo "package:${ownApp}/base.apk"; return; fi
      case "$2" in ${[...apps, 'no.app'].join('|')}) echo "package:/data/app/$2/base.apk";; *) return 1;; esac; }
    getprop() { case "$1" in
      ro.serialno) echo ${quoted(phone.serial)};;
      ro.product.manufacturer) echo ${quoted(phone.maker)};;
      ro.product.model) echo ${quoted(phone.model)};;
      ro.build.version.release) echo ${quoted(phone.osVersion)};;
      *) echo;; esac; }
    df() { echo 'Filesystem     1K-blocks    Used Available Use% Mounted on'
      echo "/dev/fuse ${total} ${total - free} ${free} 1% /storage/emulated"; }
    am() { if [ -f ${ownApp}/base.apk ]; then command mkdir -p ${ownFiles}; fi
      echo "$*" >> ${files.local('/data/intents')}
      echo "Starting: Intent { $* }"; echo 'Status: ok'; }
    cp() { for last; do :; done; ${denied('cp')}
      if [ "$(command stat -c %s "$1")" -gt ${files.freeBytes()} ]; then
        echo "cp: write: No space left on device"; return 1; fi
      command cp "$@"; }
    mkdir() { for last; do :; done; last="$last/"; ${denied('mkdir')}; command mkdir "$@"; }
  `;
}

/**
 * Runs a command line as the phone would; paths of the phone become those of its folder here.
 * @returns the function that stops it.
 */
export function runOnPhone(
  command: string,
  parts: { files: PhoneFiles; apps: readonly string[]; phone: PhoneProperties },
  hooks: ShellHooks,
): () => void {
  const { files } = parts;
  const there = command
    .replaceAll('/data/local/tmp', files.local('/data/local/tmp'))
    .replaceAll('/sdcard', files.local('/sdcard'));
  return runShellScript(`exec 2>&1\n${prelude(files, parts.apps, parts.phone)}\n${there}`, {
    output: (bytes) => hooks.output(Buffer.from(bytes.toString('utf8').replaceAll(files.root, ''))),
    ended: hooks.ended,
  });
}
