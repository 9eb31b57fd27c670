import { Button, Checkbox } from '@mantine/core';
import { currentDeployments } from '@shared/domain/deployment';
import { isMissed } from '@shared/domain/device';
import type { Model } from '@shared/domain/model';
import { IconSend } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { AdbLine } from './AdbLine';
import { PhoneCard } from './PhoneCard';
import classes from './PhonesPanel.module.css';
import { shownPhones } from './shown-phones';
import { TargetChoice } from './TargetChoice';
import { WifiField } from './WifiField';

/** A card a phone, as each is right now, and one button. */
export function PhonesPanel({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { watch, push } = stores.phones.getState();
  const { devices, tools, deployments, pushes } = useStudioStore('phones', (state) => state);
  const parent = useStudioStore('models', ({ models }) =>
    models?.find(({ id }) => id === model.parentId),
  );
  const [withParent, setWithParent] = useState(false);
  useEffect(() => void attempt(watch), [watch]);

  const phones = shownPhones(devices ?? [], deployments);
  const ready = phones.filter(({ state }) => state === 'ready').map(({ id }) => id);
  const modelIds = [model.id, ...(withParent && parent ? [parent.id] : [])];
  const adb = tools.find(({ name }) => name === 'adb');
  const troubled = tools.filter((tool) => isMissed(tool) && tool !== adb);
  return (
    <section aria-label={t('phones.title')}>
      <header className={classes.header}>
        <h3 className={classes.title}>{t('phones.title')}</h3>
        <div className={classes.controls}>
          {parent && (
            <Checkbox
              size="xs"
              label={t('phones.withParent')}
              checked={withParent}
              onChange={(event) => setWithParent(event.currentTarget.checked)}
            />
          )}
          <TargetChoice />
          <WifiField />
          {ready.length > 1 && (
            <Button
              leftSection={<IconSend size={14} />}
              onClick={() => void attempt(() => push(modelIds, ready))}
            >
              {t('phones.pushAll', { count: ready.length })}
            </Button>
          )}
        </div>
      </header>
      <p className={classes.hint}>{t('phones.hint')}</p>
      {adb && <AdbLine tool={adb} />}
      {troubled.map(({ name, problem, remedy }) => (
        <p key={name} className={classes.problem} role="status">
          {[problem, remedy].filter(Boolean).join(' ')}
        </p>
      ))}
      {phones.length === 0 ? (
        <p className={classes.hint} role="status">
          {t(devices ? 'phones.none' : 'phones.looking')}
        </p>
      ) : (
        <ul className={classes.cards}>
          {phones.map((phone) => (
            <PhoneCard
              key={phone.id}
              phone={phone}
              modelIds={modelIds}
              current={currentDeployments(deployments, phone.id)}
              jobId={pushes.find(({ deviceId }) => deviceId === phone.id)?.jobId}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
