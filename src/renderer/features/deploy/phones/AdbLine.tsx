import { Anchor, Button, Popover, TextInput } from '@mantine/core';
import { type DeviceTool, isMissed } from '@shared/domain/device';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './PhonesPanel.module.css';

/** Which adb there is, quietly; what is wrong with it, loudly; and the way to another one. */
export function AdbLine({ tool }: { tool: DeviceTool }) {
  const { t } = useTranslation();
  const { chooseAdb } = useStudio().stores.phones.getState();
  const { version, location, origin, notice, problem, remedy } = tool;
  // What ADB names holds for this run, whatever is chosen.
  const isOurs = origin !== 'environment';
  const isChosen = origin === 'setting' || notice !== undefined;
  const forget = isOurs && isChosen && (
    <Anchor
      component="button"
      type="button"
      fz="inherit"
      onClick={() => void attempt(() => chooseAdb())}
    >
      {t('phones.adb.forget')}
    </Anchor>
  );
  if (isMissed(tool)) {
    return (
      <div className={classes.problem} role="status">
        <p className={classes.text}>{[problem, remedy].filter(Boolean).join(' ')}</p>
        {isOurs && <AdbChoice label={t('phones.adb.choose')} current="" isPlain={false} />}
      </div>
    );
  }
  return (
    <>
      {notice !== undefined && (
        <p className={classes.problem} role="status">
          {notice}
        </p>
      )}
      <p className={classes.tool}>
        <span className={classes.path}>
          {[t('phones.adb.is', { version: version ?? '' }), location].filter(Boolean).join(' · ')}
        </span>
        {origin && <span>{t(`phones.adb.origin.${origin}`)}</span>}
        {isOurs && (
          <AdbChoice label={t('phones.adb.change')} current={location ?? ''} isPlain={true} />
        )}
        {forget}
      </p>
    </>
  );
}

interface AdbChoiceProps {
  label: string;
  /** The path that is there to begin with. */
  current: string;
  /** As a link within a line, or as a button. */
  isPlain: boolean;
}

/** Asks for a path: a page in a browser has no dialog that tells one. */
function AdbChoice({ label, current, isPlain }: AdbChoiceProps) {
  const { t } = useTranslation();
  const { chooseAdb } = useStudio().stores.phones.getState();
  const [isOpen, setOpen] = useState(false);
  const [path, setPath] = useState(current);
  const toggle = () => {
    setPath(current);
    setOpen(!isOpen);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus width={420}>
      <Popover.Target>
        {isPlain ? (
          <Anchor component="button" type="button" fz="inherit" onClick={toggle}>
            {label}
          </Anchor>
        ) : (
          <Button variant="default" mt="xs" onClick={toggle}>
            {label}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(async () => {
              await chooseAdb(path);
              setOpen(false);
            });
          }}
        >
          <TextInput
            required
            data-autofocus
            label={t('phones.adb.path')}
            description={t('phones.adb.hint')}
            placeholder={t('phones.adb.example')}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
          <Button type="submit" mt="sm">
            {t('phones.adb.use')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
