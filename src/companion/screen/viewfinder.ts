import { texts } from '../texts';
import { element } from './element';

export interface Notice {
  title: string;
  help?: string;
  /** Buttons beneath. */
  actions?: { text: string; run(): void }[];
}

/** The square that the model is shown: of the camera, or of a photo that was taken. */
export function createViewfinder() {
  const video = element('video', {
    playsinline: '',
    muted: '',
    autoplay: '',
    'aria-label': texts.camera.view,
  });
  video.muted = true;
  const photo = element('img', { alt: texts.camera.photo, hidden: '' });
  const crop = element('div', { class: 'crop', 'aria-hidden': 'true' });
  const notice = element('div', { class: 'notice', role: 'status', hidden: '' });
  const root = element('section', { class: 'view' }, video, photo, crop, notice);

  return {
    root,
    video,
    /** What of the picture the model sees, as a share of its short side. */
    setCrop(fraction: number): void {
      crop.style.inset = `${((1 - fraction) / 2) * 100}%`;
    },
    /** Front cameras are shown as a mirror shows them; the model gets them as they are. */
    setMirrored: (isMirrored: boolean) => video.classList.toggle('mirrored', isMirrored),
    showVideo(): void {
      photo.hidden = true;
      URL.revokeObjectURL(photo.src);
      photo.removeAttribute('src');
    },
    showPhoto(file: Blob): void {
      URL.revokeObjectURL(photo.src);
      photo.src = URL.createObjectURL(file);
      photo.hidden = false;
    },
    /** Instead of a picture; undefined: none. */
    setNotice(said: Notice | undefined): void {
      notice.hidden = said === undefined;
      if (!said) return;
      const parts: Node[] = [element('h2', {}, said.title)];
      if (said.help !== undefined) parts.push(element('p', {}, said.help));
      for (const { text, run } of said.actions ?? []) {
        const button = element('button', { type: 'button' }, text);
        button.addEventListener('click', run);
        parts.push(button);
      }
      notice.replaceChildren(...parts);
    },
  };
}
