export type CameraProblem =
  | 'none'
  | 'denied'
  | 'busy'
  | 'insecure'
  /** It gave pictures, until another app took it, the phone was locked or it was unplugged. */
  | 'taken';
export type Facing = 'environment' | 'user';

export interface Camera {
  /**
   * Shows a camera in the video element.
   * @param onTaken called when its pictures end by themselves; no frame comes any more.
   * @throws CameraTrouble.
   */
  start(facing: Facing, onTaken: () => void): Promise<void>;
  stop(): void;
  /** More than one, as far as the browser tells. */
  canFlip(): Promise<boolean>;
}

export class CameraTrouble extends Error {
  constructor(readonly problem: CameraProblem) {
    super(problem);
  }
}

/** Larger pictures only take longer: models look at a few hundred pixels. */
const wanted = { width: { ideal: 1280 }, height: { ideal: 720 } };

export function createCamera(video: HTMLVideoElement): Camera {
  let stream: MediaStream | undefined;

  function stop(): void {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    video.srcObject = null;
  }

  return {
    stop,
    async start(facing, onTaken) {
      stop();
      if (!isSecureContext) throw new CameraTrouble('insecure');
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { ...wanted, facingMode: { ideal: facing } },
        });
        for (const track of stream.getTracks()) {
          // Not told of tracks that the page stops itself.
          track.addEventListener('ended', () => {
            if (!stream?.getTracks().includes(track)) return;
            stop();
            onTaken();
          });
        }
        video.srcObject = stream;
        await video.play();
      } catch (error) {
        stop();
        throw new CameraTrouble(problemOf(error));
      }
    },
    async canFlip() {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices.filter(({ kind }) => kind === 'videoinput').length > 1;
    },
  };
}

/** By the names that getUserMedia gives its errors (Media Capture and Streams, 10.3). */
function problemOf(error: unknown): CameraProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'none';
}
