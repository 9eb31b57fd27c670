import { useEffect, useState } from 'react';

/** Why there is no picture; each has a sentence of its own in `i18n`. */
export type CameraProblem = 'none' | 'denied' | 'in-use' | 'unplugged' | 'unsupported' | 'failed';

export interface Camera {
  devices: readonly MediaDeviceInfo[];
  /** What it sees, while it is on. */
  stream?: MediaStream;
  problem?: CameraProblem;
}

const problems: Record<string, CameraProblem> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'in-use',
  AbortError: 'in-use',
};

/**
 * Turns a camera on while mounted, the one named or any; `attempt` tries again when it changes. The
 * camera is off again as soon as nobody looks.
 */
export function useCamera(deviceId: string | undefined, attempt: number): Camera {
  const [camera, setCamera] = useState<Camera>({ devices: [] });

  useEffect(() => {
    let stream: MediaStream | undefined;
    let isOver = false;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };

    async function start(): Promise<void> {
      // Not there on pages that came over an insecure connection.
      const media = navigator.mediaDevices as MediaDevices | undefined;
      if (!media) return setCamera({ devices: [], problem: 'unsupported' });
      try {
        stream = await media.getUserMedia({
          audio: false,
          video: {
            width: { ideal: 1280 },
            height: { ideal: 720 },
            ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
          },
        });
        if (isOver) return stop();
        const all = await media.enumerateDevices();
        const devices = all.filter(({ kind }) => kind === 'videoinput');
        stream.getVideoTracks()[0]?.addEventListener('ended', () => {
          if (!isOver) setCamera({ devices, problem: 'unplugged' });
        });
        setCamera({ devices, stream });
      } catch (error) {
        const name = error instanceof Error ? error.name : '';
        if (!isOver) {
          setCamera(({ devices }) => ({
            devices,
            problem: problems[name] ?? 'failed',
          }));
        }
      }
    }

    void start();
    return () => {
      isOver = true;
      stop();
    };
  }, [deviceId, attempt]);

  return camera;
}
