import { Button } from '@mantine/core';
import { IconCameraOff } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './CameraView.module.css';
import type { Camera } from './use-camera';

interface CameraViewProps {
  video: RefObject<HTMLVideoElement | null>;
  camera: Camera;
  /** As in a mirror; shots are never mirrored. */
  isMirrored: boolean;
  square: boolean;
  onTryAgain(): void;
}

/** What the camera sees, or why it sees nothing and what to do about it. */
export function CameraView({ video, camera, isMirrored, square, onTryAgain }: CameraViewProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.stage} data-square={square || undefined}>
      <video
        ref={video}
        className={classes.video}
        data-mirrored={isMirrored || undefined}
        aria-label={t('capture.preview')}
        autoPlay
        muted
        playsInline
      />
      {camera.problem && (
        <div className={classes.problem} role="alert">
          <IconCameraOff size={28} stroke={1.4} aria-hidden />
          <p>{t(`capture.problem.${camera.problem}`)}</p>
          <Button variant="default" onClick={onTryAgain}>
            {t('capture.tryAgain')}
          </Button>
        </div>
      )}
    </div>
  );
}
