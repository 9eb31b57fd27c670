import { texts } from '../texts';
import type { CameraProblem } from './camera';
import type { Notice } from './viewfinder';

interface Ways {
  /** Asks for the live camera once more. */
  again(): void;
  /** By the phone's own camera app, or from its photos. */
  takePhoto(): void;
}

const helps: Partial<Record<CameraProblem, string>> = {
  denied: texts.camera.deniedHelp,
  taken: texts.camera.takenHelp,
  insecure: texts.camera.insecureHelp,
};

/** Why there is no live picture, and what to do instead. */
export function noticeOfCamera(problem: CameraProblem, { again, takePhoto }: Ways): Notice {
  const help = helps[problem];
  const photo = { text: texts.camera.take, run: takePhoto };
  return {
    title: texts.camera[problem],
    ...(help === undefined ? {} : { help }),
    // Nothing that is tried again makes a connection secure.
    actions: problem === 'insecure' ? [photo] : [{ text: texts.camera.again, run: again }, photo],
  };
}
