import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import classes from './OpenPhotosButton.module.css';

interface OpenPhotosButtonProps {
  /** Of the row. */
  name: string;
  photos: number;
  onOpen(): void;
}

/** The name of a row of results, which opens its photos. */
export function OpenPhotosButton({ name, photos, onOpen }: OpenPhotosButtonProps) {
  const { t } = useTranslation();
  if (photos === 0) return name;
  return (
    <UnstyledButton
      className={classes.name}
      aria-label={t('comparison.openPhotos', {
        name,
        count: photos,
        formatted: formatCount(photos),
      })}
      onClick={onOpen}
    >
      {name}
    </UnstyledButton>
  );
}
