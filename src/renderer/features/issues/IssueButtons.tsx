import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { currentKind } from '../../stores/issues-store';
import { editedPhotos } from '../../stores/selection-model';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { LabelChip } from '../../ui/LabelChip';
import { hasGroups, hasSuggestions, issueEdits } from './issue-edits';
import classes from './IssueButtons.module.css';
import { openInGrid } from './open-in-grid';

/** What can be done with the selected issues, or with all of a kind. */
export function IssueButtons() {
  const { t } = useTranslation();
  const studio = useStudio();
  const edits = issueEdits(studio);
  const issues = useStudioStore('issues', (state) => state.issues);
  const isOpen = useStudioStore('issues', ({ state }) => state === 'open');
  const isLeak = useStudioStore('issues', (state) => currentKind(state) === 'leak');
  const selected = useStudioStore('issues', ({ selection }) => editedPhotos(selection).length);
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  const run = (work: () => Promise<unknown>) => () => void attempt(work);
  const isNone = selected === 0;
  return (
    <div className={classes.buttons}>
      <span className={classes.count} role="status">
        {isNone
          ? t('issues.selectSome')
          : t('issues.selected', { count: selected, formatted: formatCount(selected) })}
      </span>
      {hasSuggestions(issues) && (
        <Button size="compact-sm" disabled={isNone} onClick={run(edits.acceptSuggestions)}>
          {t('issues.actions.accept')}
        </Button>
      )}
      <Menu position="bottom-end" disabled={isNone}>
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            disabled={isNone}
            rightSection={<IconChevronDown size={13} aria-hidden />}
          >
            {t('issues.actions.relabel')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} className={classes.labels}>
          {labels?.map((label) => (
            <Menu.Item key={label.id} onClick={run(() => edits.relabel(label.id))}>
              <LabelChip label={label} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button size="compact-sm" variant="default" disabled={isNone} onClick={run(edits.exclude)}>
        {t('issues.actions.exclude')}
      </Button>
      {isOpen ? (
        <>
          <Button
            size="compact-sm"
            variant="default"
            disabled={isNone}
            onClick={run(() => edits.decide('kept'))}
          >
            {t('issues.actions.keep')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={isNone}
            onClick={run(() => edits.decide('ignored'))}
          >
            {t('issues.actions.ignore')}
          </Button>
        </>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          disabled={isNone}
          onClick={run(() => edits.decide('open'))}
        >
          {t('issues.actions.reopen')}
        </Button>
      )}
      {isLeak && issues.length > 0 && (
        <Button size="compact-sm" variant="default" onClick={run(edits.keepTogether)}>
          {t('issues.actions.keepTogether')}
        </Button>
      )}
      {hasGroups(issues) && (
        <Button size="compact-sm" variant="default" onClick={run(edits.keepBest)}>
          {t('issues.actions.keepBest')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => openInGrid(studio)}>
        {t('issues.actions.openInGrid')}
      </Button>
    </div>
  );
}
