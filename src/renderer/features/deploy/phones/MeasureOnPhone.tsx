import { Button } from '@mantine/core';
import type { DeviceId } from '@shared/domain/device';
import { isFinished } from '@shared/domain/job';
import type { ModelId } from '@shared/domain/model';
import { measuredPhotos, newestOnPhones } from '@shared/domain/phone-measurement';
import { IconStopwatch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chosenTarget } from '../../../stores/phones-store';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { JobNotice } from '../../../ui/JobNotice';
import { PhoneFigures } from '../../../ui/PhoneFigures';

interface MeasureOnPhoneProps {
  deviceId: DeviceId;
  modelIds: ModelId[];
  /** It is ready, and nothing else is under way with it. */
  isFree: boolean;
}

/** Has a phone answer test photos, and shows what it answered last with the models that are chosen. */
export function MeasureOnPhone({ deviceId, modelIds, isFree }: MeasureOnPhoneProps) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { measure } = stores.phoneMeasurements.getState();
  const { measurements, jobs } = useStudioStore('phoneMeasurements', (state) => state);
  const targetId = useStudioStore('phones', chosenTarget);
  const speaks = useStudioStore('phones', ({ targets }) =>
    targets.some(({ id, speaksProtocol }) => id === targetId && speaksProtocol),
  );
  const jobId = jobs.find((one) => one.deviceId === deviceId)?.jobId;
  const job = useStudioStore('jobs', (state) => state.jobs.find(({ id }) => id === jobId));
  const isMeasuring = job !== undefined && !isFinished(job);
  const onThis = measurements.filter((measurement) => measurement.deviceId === deviceId);
  return (
    <>
      {speaks && isFree && (
        <div>
          <Button
            variant="default"
            leftSection={<IconStopwatch size={14} />}
            disabled={isMeasuring}
            title={t('phoneFigures.measureHint', { count: measuredPhotos.default })}
            onClick={() => void attempt(() => measure(deviceId, modelIds, targetId))}
          >
            {t('phoneFigures.measure')}
          </Button>
        </div>
      )}
      <JobNotice job={job} commands={stores.jobs.getState()} />
      {modelIds.flatMap((modelId) =>
        newestOnPhones(onThis, modelId).map((found) => <PhoneFigures key={modelId} {...found} />),
      )}
    </>
  );
}
