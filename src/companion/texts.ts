/** Every text of the page, for people who hold a phone. */
export const texts = {
  app: 'Pocketlens page',
  withThreads: (name: string, threads: number) => `${name}, ${threads} threads`,
  refused: {
    missing: 'The model did not arrive whole. Push it again.',
    hash: 'The model arrived with other bytes than were sent. Push it again.',
    contract: 'The model’s contract is one of another model. Push it again.',
    newer: 'The studio that pushed this model is newer than this page. Load the page again.',
    broken: 'What was pushed can’t be understood. Push it again.',
    unknown: 'The studio has not pushed this model.',
  },
  photo: {
    missing: 'The photo is not there.',
    hash: 'The photo has other bytes than were sent.',
    unreadable: 'This file can’t be read as a photo.',
  },
  pairing: {
    pairing: 'Pairing…',
    needed: 'This phone is not paired with the studio.',
    neededHelp:
      'On the computer, open Deploy › Phone’s browser, show a code, and scan it with this phone’s camera.',
    failed: 'This phone could not be paired.',
    revoked: 'This phone’s access was revoked.',
    away: 'The studio does not answer.',
    awayHelp: 'Is the page still turned on, and is the phone in the same network or on its cable?',
    again: 'Try again',
  },
  waiting: {
    title: 'No model yet',
    help: 'On the computer, choose a model on the Deploy page and push it to this phone.',
  },
  camera: {
    starting: 'Starting the camera…',
    none: 'This device has no camera.',
    denied: 'The camera is not allowed.',
    deniedHelp: 'Allow it in the browser’s settings for this page, then try again.',
    busy: 'The camera is used by another app.',
    taken: 'The camera gives no picture any more.',
    takenHelp: 'Another app may have taken it.',
    insecure: 'Live camera needs a secure connection.',
    insecureHelp:
      'Over plain Wi-Fi browsers keep it off. Take a photo instead, or open the page by cable, or encrypted: there is a switch for it on the computer.',
    again: 'Try again',
    flip: 'Other camera',
    take: 'Take a photo',
    live: 'Live camera',
    view: 'What the camera sees',
    photo: 'The photo that was taken',
  },
  answers: {
    title: 'Answers',
    unsure: 'Not sure',
    percent: (probability: number) => `${Math.round(probability * 100)}\u00a0%`,
    waiting: '–',
    threshold: (share: number) => `Sure from ${Math.round(share * 100)} %`,
  },
  correction: {
    wrong: 'Wrong?',
    title: 'What is it?',
    photo: 'The photo that was answered',
    answered: (label: string, percent: string) => `The model said ${label}, ${percent}.`,
    none: 'None of these',
    cancel: 'Cancel',
    sending: 'Sending…',
    sent: (label: string | undefined) =>
      `Sent to the studio: ${label ?? 'wrong, and none of its labels'}.`,
    kept: (count: number, reason: string | undefined) =>
      [
        `Kept on this phone: ${count} photo${count === 1 ? '' : 's'}, sent when the studio takes them.`,
        ...(reason ? [reason] : []),
      ].join(' '),
    refused: (reason: string) => `The studio refused the photo. ${reason}`,
    notKept: 'Not sent: this phone has no room to keep photos. Try again once the studio is there.',
    noPicture: 'There is no picture that could be corrected yet.',
    unanswered: 'The model gave no answer for this photo.',
  },
  collect: {
    title: 'Collect photos',
    begin: 'Collect',
    end: 'End collecting',
    into: 'Photos of',
    shutter: (label: string) => `Take a photo of ${label}`,
  },
  precision: {
    title: 'Model',
    float32: 'Float',
    float16: 'Float16',
    'int8-weights': 'Int8 weights',
    'dynamic-range': 'Dynamic range',
    int16x8: 'Int16 with int8 weights',
    int8: 'Int8',
  },
  latency: (median: number, p95: number, rate: number | undefined) =>
    [
      `${median.toFixed(1)} ms a model run`,
      `p95 ${p95.toFixed(1)} ms`,
      ...(rate === undefined ? [] : [`${rate.toFixed(0)} frames/s`]),
    ].join(' · '),
  engine: {
    broken:
      'What runs models could not be started. Load the page again; if that does not help, update this browser.',
    trying: 'Trying WebGPU…',
    faster: (gpuMs: number, wasmMs: number) =>
      `WebGPU runs it: ${gpuMs.toFixed(1)} ms, WebAssembly took ${wasmMs.toFixed(1)} ms`,
    slower: (gpuMs: number, wasmMs: number) =>
      `WebAssembly runs it: ${wasmMs.toFixed(1)} ms, WebGPU took ${gpuMs.toFixed(1)} ms`,
    different: (difference: number) =>
      `WebAssembly runs it: with WebGPU a probability is off by ${difference.toFixed(3)}`,
    failed: (problem: string) => `WebAssembly runs it: WebGPU failed (${problem})`,
  },
  golden: {
    checking: 'Checking…',
    none: 'Not checked',
    same: (photos: number) => `Same as desktop on ${photos} photo${photos === 1 ? '' : 's'}`,
    different: 'Answers otherwise than the desktop',
    failed: 'Could not be checked',
    detail: (difference: number, bound: number) =>
      `On golden photos a probability is off by ${difference.toFixed(3)}; allowed is ${bound.toFixed(3)}. Don’t trust these answers.`,
    mistake: (name: string, remedy: string) => `The mistake looks like: ${name}. ${remedy}`,
  },
  encrypted: {
    title: 'Encrypted connection',
    what: 'What this phone and the computer send is encrypted, with a certificate that the computer made itself. Nobody else vouches for it: that is what the browser warns of. The same warning comes when somebody stands between, so compare its fingerprint with the one on the computer’s screen (Deploy › Phone’s browser); what this page itself says of it would prove nothing.',
    untrusted:
      'This browser does not trust the certificate, so nothing is kept offline. To change that, download its root, compare the root’s fingerprint, too, and install it in the phone’s settings; how is said on the computer.',
    trusted: 'This browser trusts the certificate: no warning, and the page is kept offline.',
    root: 'Download the root certificate',
  },
  offline: 'Offline: the studio is not there; this model goes on.',
} as const;
