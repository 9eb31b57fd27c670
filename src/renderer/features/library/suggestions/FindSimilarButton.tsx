import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { findSimilar } from './find-similar';

export function FindSimilarButton() {
  const { t } = useTranslation();
  const studio = useStudio();
  return (
    <Button variant="default" onClick={() => void attempt(() => findSimilar(studio))}>
      {t('suggestions.similar.find')}
    </Button>
  );
}
