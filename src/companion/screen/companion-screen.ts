import type { FromWorker, ModelsState, PictureAnswer } from '../messages';
import type { OfflineState } from '../offline/keep-offline';
import { texts } from '../texts';
import { createAnswersPanel } from './answers-panel';
import {
  type Camera,
  type CameraProblem,
  CameraTrouble,
  createCamera,
  type Facing,
} from './camera';
import { noticeOfCamera } from './camera-notice';
import { createCorrections } from './corrections';
import { element, setText } from './element';
import { createEncryptedDetails } from './encrypted-details';
import { engineLine } from './engine-line';
import { createGoldenBadge } from './golden-badge';
import { keepAwake } from './keep-awake';
import { openKeptSettings } from './kept-settings';
import { type ModelWorker, startModelWorker } from './model-worker';
import { createPace } from './pace';
import { createPrecisionChoice } from './precision-choice';
import { type LinkState, linkStudio } from './studio-link';
import { createTopAnswers } from './top-answers';
import { createViewfinder, type Notice } from './viewfinder';

/** An answer of a live camera counts for this share. */
const smoothing = 0.35;
const shown = 3;

/** The whole page: what the camera sees, what the model says of it, and whether that can be trusted. */
export function showCompanion(page: HTMLElement, offline: OfflineState): void {
  const settings = openKeptSettings();
  const title = element('h1', {}, texts.app);
  const golden = createGoldenBadge();
  const trouble = element('p', { class: 'trouble', role: 'status', hidden: '' });
  const view = createViewfinder();
  const panel = createAnswersPanel();
  const latency = element('p', { class: 'latency' });
  const engine = element('p', { class: 'engine' });
  const choice = createPrecisionChoice((sha256) => models.use(sha256));
  const sure = element('input', {
    type: 'range',
    min: '0',
    max: '0.95',
    step: '0.05',
    value: String(settings.sureFrom),
  });
  const sureText = element('span');
  const file = element('input', {
    type: 'file',
    accept: 'image/*',
    capture: 'environment',
    class: 'spoken',
    tabindex: '-1',
    'aria-hidden': 'true',
  });
  const take = element('button', { type: 'button', class: 'main' }, texts.camera.take);
  const live = element('button', { type: 'button', hidden: '' }, texts.camera.live);
  const flip = element('button', { type: 'button', hidden: '' }, texts.camera.flip);

  const corrections = createCorrections({
    picture: () => shownPhoto ?? (view.video.videoWidth > 0 ? view.video : undefined),
    async ask(photo) {
      const said = await models.ask(photo);
      return said.kind === 'answer' ? said.answer : undefined;
    },
    takePhoto: () => file.click(),
    onMode(next) {
      isCollecting = next;
      panel.root.hidden = isCollecting;
      showNotice();
      // A photo that was taken is answered already: the shutter is for what comes.
      if (isCollecting && shownPhoto) void goLive();
    },
  });

  const controls = element('div', { class: 'panel' });
  controls.append(
    panel.root,
    corrections.panel,
    element('div', { class: 'buttons' }, ...corrections.buttons),
    corrections.status,
    latency,
    engine,
    choice.root,
    element('label', { class: 'threshold' }, sureText, sure),
    element('div', { class: 'buttons' }, take, live, flip, file),
  );
  const encrypted = createEncryptedDetails(offline);
  page.replaceChildren(
    element('header', {}, title, golden.badge),
    golden.warning,
    trouble,
    view.root,
    controls,
    ...(encrypted ? [element('div', { class: 'panel' }, encrypted)] : []),
    corrections.dialog,
  );

  let state: ModelsState | undefined;
  let link: LinkState = 'connected';
  let linkMessage: string | undefined;
  let cameraNotice: Notice | undefined = { title: texts.camera.starting };
  let facing: Facing = settings.facing;
  let isLive = true;
  let isTaken = false;
  let isCollecting = false;
  /** Instead of what the camera sees. */
  let shownPhoto: Blob | undefined;
  let turn = 0;
  const pace = createPace();
  let paceOf = '';
  let top = createTopAnswers(smoothing);
  const camera: Camera = createCamera(view.video);
  const noticeOf = (problem: CameraProblem) =>
    noticeOfCamera(problem, { again: () => void goLive(), takePhoto: () => file.click() });
  const models: ModelWorker = startModelWorker(hear);
  const connection = linkStudio({
    onFiles: (name) => models.look(name),
    onState(next, message) {
      link = next;
      linkMessage = message;
      if (next === 'revoked') forget();
      showNotice();
      showTrouble();
      if (next === 'connected') corrections.flush();
      if (next === 'away') models.look();
    },
  });

  function hear(message: Exclude<FromWorker, { kind: 'answer' | 'no-answer' }>): void {
    if (message.kind === 'golden') return golden.show(message.state);
    if (message.kind === 'trouble') return showTrouble(message.problem);
    state = message.state;
    const running = state.models.find(({ sha256 }) => sha256 === state?.running);
    setText(title, running?.name ?? texts.app);
    title.title = `${state.project} · ${state.runtime}`;
    setText(engine, engineLine(state));
    view.setCrop(state.cropFraction);
    choice.show(state);
    corrections.setLabels(state.labels);
    // Times of another model, or by something else, tell nothing of this one.
    const measured = `${state.running} ${state.engine.runs}`;
    if (measured !== paceOf) pace.reset();
    paceOf = measured;
    showNotice();
  }

  function showTrouble(problem?: string): void {
    const said = problem ?? (link === 'away' && state ? texts.offline : undefined);
    trouble.hidden = said === undefined;
    setText(trouble, said ?? '');
  }

  /** The first thing that stands in the way. Without a model there is nothing else to do here. */
  function showNotice(): void {
    const first = linkNotice() ?? (state ? undefined : waitingNotice());
    controls.hidden = first !== undefined;
    view.setNotice(first ?? cameraNotice);
    // A notice of the camera has it in its middle.
    take.hidden = isCollecting || cameraNotice?.actions !== undefined;
  }

  /** What this phone may not have any more. */
  function forget(): void {
    turn += 1;
    camera.stop();
    state = undefined;
    setText(title, texts.app);
    golden.show({ state: 'none', mistakes: [] });
  }

  function linkNotice(): Notice | undefined {
    const { needed, neededHelp, failed, revoked } = texts.pairing;
    if (link === 'unpaired') return { title: needed, help: neededHelp };
    if (link === 'revoked') return { title: revoked, help: neededHelp };
    if (link === 'code-refused') return { title: failed, help: linkMessage ?? neededHelp };
    return undefined;
  }

  function waitingNotice(): Notice {
    const { away, awayHelp, again } = texts.pairing;
    return link === 'away'
      ? { title: away, help: awayHelp, actions: [{ text: again, run: connection.retry }] }
      : { title: texts.waiting.title, help: texts.waiting.help };
  }

  function showAnswer(answer: PictureAnswer): void {
    top.add(answer.sha256, answer.probabilities);
    const best = top.best(answer.labels, shown);
    panel.show(best, Number(sure.value));
    if (!isLive) panel.announce(best, Number(sure.value));
    pace.add(answer.inferenceMs);
    const now = pace.read();
    if (now) setText(latency, texts.latency(now.median, now.p95, isLive ? now.rate : undefined));
  }

  async function goLive(): Promise<void> {
    const own = ++turn;
    isLive = true;
    isTaken = false;
    shownPhoto = undefined;
    live.hidden = true;
    top = createTopAnswers(smoothing);
    view.showVideo();
    cameraNotice = { title: texts.camera.starting };
    showNotice();
    try {
      await camera.start(facing, () => {
        turn += 1;
        isTaken = true;
        cameraNotice = noticeOf('taken');
        showNotice();
      });
    } catch (error) {
      cameraNotice = noticeOf(error instanceof CameraTrouble ? error.problem : 'none');
      return showNotice();
    }
    cameraNotice = undefined;
    showNotice();
    view.setMirrored(facing === 'user');
    flip.hidden = !(await camera.canFlip());
    while (own === turn) {
      await nextFrame(view.video);
      // Between two cameras there are frames of no size.
      if (own !== turn || view.video.videoWidth === 0) continue;
      const said = await models.ask(await createImageBitmap(view.video));
      if (own !== turn) return;
      if (said.kind === 'answer') showAnswer(said.answer);
      else if (said.problem !== undefined) showTrouble(said.problem);
    }
  }

  async function showPhoto(photo: File): Promise<void> {
    turn += 1;
    isLive = false;
    isTaken = false;
    shownPhoto = photo;
    camera.stop();
    live.hidden = !isSecureContext;
    flip.hidden = true;
    top = createTopAnswers(1);
    cameraNotice = undefined;
    showNotice();
    view.showPhoto(photo);
    panel.show(undefined, Number(sure.value));
    const said = await models.ask(photo);
    if (said.kind === 'answer') return showAnswer(said.answer);
    if (said.problem !== undefined) {
      cameraNotice = { title: texts.photo.unreadable };
      showNotice();
    }
  }

  take.addEventListener('click', () => file.click());
  file.addEventListener('change', () => {
    const [photo] = file.files ?? [];
    file.value = '';
    if (photo && !corrections.takes(photo)) void showPhoto(photo);
  });
  live.addEventListener('click', () => void goLive());
  flip.addEventListener('click', () => {
    facing = facing === 'user' ? 'environment' : 'user';
    settings.keep({ facing });
    void goLive();
  });
  // Whoever comes back from another app finds the camera as it was.
  document.addEventListener('visibilitychange', () => {
    if (isTaken && document.visibilityState === 'visible') void goLive();
  });
  // Whoever sees a wrong answer taps it; for keys and screen readers there is the button.
  panel.root.addEventListener('click', () => corrections.correct());
  sure.addEventListener('input', () => {
    settings.keep({ sureFrom: Number(sure.value) });
    showThreshold();
  });
  function showThreshold(): void {
    setText(sureText, texts.answers.threshold(Number(sure.value)));
  }

  showThreshold();
  panel.show(undefined, Number(sure.value));
  golden.show({ state: 'none', mistakes: [] });
  showNotice();
  keepAwake();
  void goLive();
}

/** Resolves with the camera's next frame; by the screen's where the browser does not tell. */
function nextFrame(video: HTMLVideoElement): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(resolve);
    else requestAnimationFrame(resolve);
  });
}
