import { postCorrection } from '../feedback/feedback-post';
import { openKeptCorrections } from '../feedback/kept-corrections';
import { createOutbox } from '../feedback/outbox';
import { type Said, writeCorrection } from '../feedback/write-correction';
import type { PictureAnswer } from '../messages';
import { takeJpeg } from '../photo/take-jpeg';
import { texts } from '../texts';
import { createCollectPanel } from './collect-panel';
import { element, setText } from './element';
import { createLabelDialog } from './label-dialog';

export interface CorrectionsOptions {
  /** What is in view; undefined: nothing is. */
  picture(): HTMLVideoElement | Blob | undefined;
  /** What the model says of a photo; undefined: it can't tell. */
  ask(photo: Blob): Promise<PictureAnswer | undefined>;
  /** By the phone's own camera app, where there is no live camera. */
  takePhoto(): void;
  onMode(isCollecting: boolean): void;
}

const againMs = 15_000;

/** What people say about answers, and photos that they collect, on their way to the studio. */
export function createCorrections({ picture, ask, takePhoto, onMode }: CorrectionsOptions) {
  const wrong = element('button', { type: 'button', disabled: '' }, texts.correction.wrong);
  const mode = element('button', {
    type: 'button',
    disabled: '',
    'aria-pressed': 'false',
  });
  const status = element('p', { class: 'kept', role: 'status', hidden: '' });
  const dialog = createLabelDialog((label) => {
    if (asked) void send(asked.jpeg, { label, answer: asked.answer });
  });
  const panel = createCollectPanel((label) => {
    const shown = picture();
    if (shown) void collect(shown, label);
    else {
      taking = label;
      takePhoto();
    }
  });
  let isCollecting = false;
  let asked: { jpeg: Blob; answer: PictureAnswer } | undefined;
  /** The label of the photo that the phone's camera app is taking. */
  let taking: string | undefined;

  const outbox = createOutbox({
    store: openKeptCorrections(),
    post: postCorrection,
    onSent: ({ message }) => tell(texts.correction.sent(message.label)),
    onRefused: (_, reason) => tell(texts.correction.refused(reason), 'bad'),
    onState({ waiting, reason }) {
      if (waiting > 0) tell(texts.correction.kept(waiting, reason), 'warn');
    },
    schedule: (work) => void setTimeout(work, againMs),
  });

  function tell(sentence: string, tone: 'good' | 'warn' | 'bad' = 'good'): void {
    status.hidden = false;
    status.dataset['tone'] = tone;
    setText(status, sentence);
  }

  async function send(jpeg: Blob, said: Omit<Said, 'at'>): Promise<void> {
    tell(texts.correction.sending);
    try {
      await outbox.add(await writeCorrection(jpeg, { ...said, at: new Date() }));
    } catch {
      tell(texts.correction.notKept, 'bad');
    }
  }

  /** The photo that is sent is the one that is answered, byte by byte. */
  async function correct(): Promise<void> {
    if (wrong.disabled || isCollecting) return;
    const shown = picture();
    if (!shown) return tell(texts.correction.noPicture, 'warn');
    wrong.disabled = true;
    try {
      const jpeg = await takeJpeg(shown);
      const answer = await ask(jpeg);
      if (!answer) return tell(texts.correction.unanswered, 'bad');
      asked = { jpeg, answer };
      dialog.ask(jpeg, answer);
    } catch {
      tell(texts.photo.unreadable, 'bad');
    } finally {
      wrong.disabled = false;
    }
  }

  async function collect(shown: HTMLVideoElement | Blob, label: string): Promise<void> {
    let jpeg: Blob;
    try {
      jpeg = await takeJpeg(shown);
    } catch {
      return tell(texts.photo.unreadable, 'bad');
    }
    await send(jpeg, { label });
  }

  function setMode(next: boolean): void {
    isCollecting = next;
    panel.root.hidden = !next;
    wrong.hidden = next;
    setText(mode, next ? texts.collect.end : texts.collect.begin);
    mode.setAttribute('aria-pressed', String(next));
    onMode(next);
  }

  wrong.addEventListener('click', () => void correct());
  mode.addEventListener('click', () => setMode(!isCollecting));
  setText(mode, texts.collect.begin);

  return {
    buttons: [wrong, mode],
    panel: panel.root,
    status,
    dialog: dialog.root,
    correct: () => void correct(),
    setLabels(labels: readonly string[]): void {
      wrong.disabled = false;
      mode.disabled = false;
      panel.setLabels(labels);
    },
    /** @returns whether this photo was taken to be collected, and not to be answered. */
    takes(photo: Blob): boolean {
      if (taking === undefined || !isCollecting) return false;
      void collect(photo, taking);
      taking = undefined;
      return true;
    },
    /** The studio is there (again). */
    flush: () => void outbox.flush().catch(() => undefined),
  };
}
