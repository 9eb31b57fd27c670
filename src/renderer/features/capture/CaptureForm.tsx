import { Button, Group, NumberInput, SegmentedControl, Select, Switch } from '@mantine/core';
import type { LabelId } from '@shared/domain/label';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { CameraView } from './CameraView';
import classes from './CaptureForm.module.css';
import { mostShots, useBurst } from './use-burst';
import { useCamera } from './use-camera';

interface CaptureFormProps {
  labelId: LabelId | undefined;
  onDone(): void;
}

export function CaptureForm({ labelId: firstLabel, onDone }: CaptureFormProps) {
  const { t } = useTranslation();
  const { imports } = useStudio();
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels) ?? noLabels;
  const video = useRef<HTMLVideoElement>(null);
  const [labelId, setLabelId] = useState(firstLabel);
  const [deviceId, setDeviceId] = useState<string>();
  const [tries, setTries] = useState(0);
  const [isMirrored, setIsMirrored] = useState(true);
  const [square, setSquare] = useState(true);
  const [rate, setRate] = useState(8);
  const [isAdding, setIsAdding] = useState(false);
  const camera = useCamera(deviceId, tries);
  const burst = useBurst(video, { rate, square });
  const { shots, begin, end } = burst;
  const { stream } = camera;
  const canShoot = stream !== undefined && shots.length < mostShots;

  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);

  useEffect(() => {
    // The space bar is the release, wherever the focus is but in a field.
    const isSpace = (event: KeyboardEvent) =>
      event.key === ' ' && !(event.target instanceof HTMLInputElement);
    const onDown = (event: KeyboardEvent) => {
      if (!isSpace(event)) return;
      event.preventDefault();
      if (canShoot && !event.repeat) begin();
    };
    const onUp = (event: KeyboardEvent) => {
      if (!isSpace(event)) return;
      event.preventDefault();
      end();
    };
    window.addEventListener('keydown', onDown, true);
    window.addEventListener('keyup', onUp, true);
    window.addEventListener('blur', end);
    return () => {
      window.removeEventListener('keydown', onDown, true);
      window.removeEventListener('keyup', onUp, true);
      window.removeEventListener('blur', end);
    };
  }, [canShoot, begin, end]);

  async function add() {
    setIsAdding(true);
    const isAdded = await attempt(() =>
      imports.fromCamera(
        shots.map(({ file }) => file),
        labelId,
      ),
    );
    setIsAdding(false);
    // What could not be handed over stays, to be tried again.
    if (isAdded) burst.clear();
  }

  return (
    <>
      <CameraView
        video={video}
        camera={camera}
        isMirrored={isMirrored}
        square={square}
        onTryAgain={() => setTries(tries + 1)}
      />
      <div className={classes.settings}>
        <Select
          label={t('capture.label')}
          placeholder={t('capture.noLabel')}
          data={labels.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={labelId === undefined ? null : String(labelId)}
          onChange={(value) => setLabelId(value === null ? undefined : Number(value))}
          clearable
          searchable
        />
        {camera.devices.length > 1 && (
          <Select
            label={t('capture.camera')}
            data={camera.devices.map(({ deviceId: value, label }, index) => ({
              value,
              label: label || t('capture.numbered', { number: index + 1 }),
            }))}
            value={deviceId ?? camera.devices[0]?.deviceId ?? null}
            onChange={(value) => setDeviceId(value ?? undefined)}
            allowDeselect={false}
          />
        )}
        <NumberInput
          label={t('capture.rate')}
          min={1}
          max={20}
          allowDecimal={false}
          value={rate}
          onChange={(value) => setRate(typeof value === 'number' && value >= 1 ? value : 1)}
        />
        <SegmentedControl
          data={[
            { value: 'square', label: t('capture.square') },
            { value: 'whole', label: t('capture.whole') },
          ]}
          value={square ? 'square' : 'whole'}
          onChange={(value) => setSquare(value === 'square')}
        />
        <Switch
          size="xs"
          label={t('capture.mirror')}
          checked={isMirrored}
          onChange={(event) => setIsMirrored(event.currentTarget.checked)}
        />
      </div>
      <Button
        fullWidth
        size="md"
        disabled={!canShoot}
        data-shooting={burst.isShooting || undefined}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          begin();
        }}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {burst.isShooting ? t('capture.shooting') : t('capture.hold')}
      </Button>
      <ul className={classes.strip} aria-label={t('capture.shots')}>
        {shots.slice(-shownShots).map((shot) => (
          <li key={shot.number}>
            <button
              type="button"
              className={classes.shot}
              aria-label={t('capture.remove', { number: shot.number })}
              title={t('capture.remove', { number: shot.number })}
              onClick={() => burst.remove(shot)}
            >
              <img src={shot.url} alt="" width={56} height={56} />
            </button>
          </li>
        ))}
      </ul>
      <Group justify="space-between">
        <span className={classes.count} role="status">
          {shots.length >= mostShots
            ? t('capture.full', { formatted: formatCount(mostShots) })
            : t('common.photos', { count: shots.length, formatted: formatCount(shots.length) })}
        </span>
        <Group gap="xs">
          {shots.length > 0 && (
            <Button variant="default" disabled={isAdding} onClick={burst.clear}>
              {t('capture.discard')}
            </Button>
          )}
          {shots.length > 0 ? (
            <Button loading={isAdding} onClick={() => void add()}>
              {t('capture.add', { count: shots.length, formatted: formatCount(shots.length) })}
            </Button>
          ) : (
            <Button variant="default" onClick={onDone}>
              {t('capture.done')}
            </Button>
          )}
        </Group>
      </Group>
    </>
  );
}

const noLabels: readonly never[] = [];
/** As many as two lines of the dialog hold. */
const shownShots = 20;
