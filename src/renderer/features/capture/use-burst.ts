import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type Shot, takeShot } from './take-shot';

/** They wait in memory, some 100 KB each. */
export const mostShots = 500;

export interface Burst {
  shots: readonly Shot[];
  isShooting: boolean;
  begin(): void;
  end(): void;
  remove(shot: Shot): void;
  clear(): void;
}

/** Takes shots while asked to, `rate` a second, one after the other; what was shot stays. */
export function useBurst(
  video: RefObject<HTMLVideoElement | null>,
  { rate, square }: { rate: number; square: boolean },
): Burst {
  const [shots, setShots] = useState<readonly Shot[]>([]);
  const [isShooting, setIsShooting] = useState(false);
  const next = useRef(1);
  const kept = useRef(shots);
  useEffect(() => {
    kept.current = shots;
  }, [shots]);

  useEffect(() => {
    if (!isShooting) return;
    let timer: number | undefined;
    let isOver = false;
    const shoot = async () => {
      const began = performance.now();
      const shot =
        video.current && (await takeShot(video.current, { square, number: next.current }));
      if (shot) {
        next.current += 1;
        setShots((before) => [...before, shot]);
      }
      if (isOver) return;
      if (kept.current.length >= mostShots - 1) return setIsShooting(false);
      timer = window.setTimeout(
        () => void shoot(),
        Math.max(0, 1000 / rate - (performance.now() - began)),
      );
    };
    void shoot();
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [isShooting, video, rate, square]);

  const clear = useCallback(() => {
    for (const { url } of kept.current) URL.revokeObjectURL(url);
    setShots([]);
  }, []);
  // What is left when the dialog goes is let go of.
  useEffect(() => () => kept.current.forEach(({ url }) => URL.revokeObjectURL(url)), []);

  return {
    shots,
    isShooting,
    begin: useCallback(() => setIsShooting(kept.current.length < mostShots), []),
    end: useCallback(() => setIsShooting(false), []),
    remove: useCallback((shot: Shot) => {
      URL.revokeObjectURL(shot.url);
      setShots((before) => before.filter((other) => other !== shot));
    }, []),
    clear,
  };
}
