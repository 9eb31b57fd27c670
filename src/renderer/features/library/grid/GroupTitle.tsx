import type { PhotoGroup } from '@shared/domain/photo-filter';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime, formatDay } from '../../../i18n/format';
import { useStudioStore } from '../../../stores/use-studio';
import { LabelChip } from '../../../ui/LabelChip';

/** What the photos of a group have in common. */
export function GroupTitle({ group }: { group: PhotoGroup }) {
  const { t } = useTranslation();
  const grouping = useStudioStore('photos', (state) => state.group);
  const label = useStudioStore('dataset', ({ summary }) =>
    summary?.labels.find(({ id }) => id === group.labelId),
  );
  if (label) return <LabelChip label={label} />;
  if (group.day !== undefined) return formatDay(group.day);
  if (group.cluster !== undefined) {
    return t('library.group.cluster', { number: formatCount(group.cluster + 1) });
  }
  if (group.importedAt !== undefined) {
    return t('library.group.import', { time: formatDateTime(group.importedAt) });
  }
  return grouping === 'none' ? undefined : t(`library.group.without.${grouping}`);
}
