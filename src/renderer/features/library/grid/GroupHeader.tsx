import { Button } from '@mantine/core';
import type { PhotoGroup } from '@shared/domain/photo-filter';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { GroupTitle } from './GroupTitle';
import classes from './GroupHeader.module.css';

interface GroupHeaderProps {
  group: PhotoGroup;
  line: number;
  top: number;
  /** Place in the list of its first photo. */
  first: number;
  /** Stays at the top while its photos are on screen. */
  isStuck: boolean;
}

export const GroupHeader = memo(function GroupHeader({
  group,
  line,
  top,
  first,
  isStuck,
}: GroupHeaderProps) {
  const { t } = useTranslation();
  const { stores } = useStudio();

  async function selectGroup(): Promise<void> {
    const ids = await stores.photos.getState().idsBetween(first, first + group.count - 1);
    stores.selection.getState().select(ids);
  }

  return (
    <div
      className={classes.header}
      role="row"
      aria-rowindex={line + 1}
      data-stuck={isStuck || undefined}
      style={isStuck ? undefined : { transform: `translateY(${top}px)` }}
    >
      <div className={classes.content} role="rowheader">
        <span className={classes.title}>
          <GroupTitle group={group} />
        </span>
        <span className={classes.count}>{formatCount(group.count)}</span>
        <Button
          className={classes.select}
          variant="subtle"
          color="gray"
          size="compact-xs"
          onClick={(event) => {
            event.stopPropagation();
            void attempt(selectGroup);
          }}
        >
          {t('library.group.select')}
        </Button>
      </div>
    </div>
  );
});
