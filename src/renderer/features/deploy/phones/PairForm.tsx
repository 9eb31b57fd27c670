import { Button, TextInput } from '@mantine/core';
import type { MethodOutput } from '@shared/api/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './PhonesPanel.module.css';

const lookMs = 2_000;

interface PairFormProps {
  /** Told the beginning of the address for the connection that is still to be made. */
  onPaired(address: string): void;
  onConnected(): void;
}

/** Has a phone allow this computer for good, by what its pairing dialog shows. */
export function PairForm({ onPaired, onConnected }: PairFormProps) {
  const { t } = useTranslation();
  const { pair } = useStudio().stores.phones.getState();
  const waiting = useWaitingPhones();
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [isPaired, setPaired] = useState(false);

  async function submit(): Promise<void> {
    setBusy(true);
    setPaired(false);
    await attempt(async () => {
      const { connectedTo } = await pair(address, code);
      setCode('');
      if (connectedTo !== undefined) return onConnected();
      setPaired(true);
      onPaired(`${address.slice(0, address.lastIndexOf(':'))}:`);
    });
    setBusy(false);
  }

  return (
    <form
      aria-label={t('phones.pair.title')}
      className={classes.pair}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className={classes.pairTitle}>{t('phones.pair.title')}</p>
      <p className={classes.dim}>{t('phones.pair.hint')}</p>
      {waiting.map((phone) => (
        <Button
          key={phone.name}
          variant="default"
          size="compact-xs"
          onClick={() => setAddress(phone.address)}
        >
          {t('phones.pair.waits', phone)}
        </Button>
      ))}
      <div className={classes.pairFields}>
        <TextInput
          required
          label={t('phones.pair.address')}
          placeholder={t('phones.pair.placeholder')}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <TextInput
          required
          w={110}
          label={t('phones.pair.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </div>
      <Button type="submit" variant="default" loading={isBusy}>
        {t('phones.pair.pair')}
      </Button>
      {isPaired && (
        <p className={classes.text} role="status">
          {t('phones.pair.paired')}
        </p>
      )}
    </form>
  );
}

type Waiting = MethodOutput<'devices.waiting'>['phones'];

/** Phones in the network whose pairing dialog is open, as long as somebody looks. */
function useWaitingPhones(): Waiting {
  const { waiting } = useStudio().stores.phones.getState();
  const [phones, setPhones] = useState<Waiting>([]);
  useEffect(() => {
    let isOver = false;
    const look = () =>
      waiting().then(
        (found) => {
          if (!isOver) setPhones(found);
        },
        // A help only; the address can be typed.
        () => undefined,
      );
    void look();
    const timer = setInterval(() => void look(), lookMs);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [waiting]);
  return phones;
}
