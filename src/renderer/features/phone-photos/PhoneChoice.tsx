import { Select } from '@mantine/core';
import { type Device, type DeviceId, isMissed } from '@shared/domain/device';
import { deviceRemedy } from '@shared/domain/device-remedy';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { PhonePhotosForm } from './PhonePhotosForm';
import classes from './PhonePhotos.module.css';

/** Which phone; with one there is nothing to choose. */
export function PhoneChoice({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { watch } = stores.phones.getState();
  const devices = useStudioStore('phones', (state) => state.devices) ?? noPhones;
  const [chosen, setChosen] = useState<DeviceId>();
  useEffect(() => void attempt(watch), [watch]);

  const phone =
    devices.find(({ id }) => id === chosen) ??
    devices.find(({ state }) => state === 'ready') ??
    devices[0];
  if (!phone) return <NoPhone />;
  return (
    <>
      {devices.length > 1 && (
        <Select
          className={classes.phones}
          label={t('phonePhotos.phone')}
          data={devices.map(({ id, name }) => ({ value: id, label: name }))}
          value={phone.id}
          onChange={(value) => setChosen(value ?? undefined)}
          allowDeselect={false}
        />
      )}
      {phone.state === 'ready' ? (
        <PhonePhotosForm key={phone.id} phone={phone} onDone={onDone} />
      ) : (
        <NotReady phone={phone} />
      )}
    </>
  );
}

const noPhones: readonly Device[] = [];

function NoPhone() {
  const { t } = useTranslation();
  const tools = useStudioStore('phones', (state) => state.tools);
  return (
    <div className={classes.message}>
      <p>{t('phonePhotos.none')}</p>
      {tools.filter(isMissed).map(({ name, problem, remedy }) => (
        <p key={name} className={classes.problem}>
          {[problem, remedy].filter(Boolean).join(' ')}
        </p>
      ))}
    </div>
  );
}

function NotReady({ phone }: { phone: Device }) {
  const { says, steps } = deviceRemedy(phone);
  return (
    <div className={classes.message} role="status">
      <p>
        {phone.name}: {says}
      </p>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
