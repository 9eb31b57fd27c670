import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { currentKind, type ShownIssue } from '../../stores/issues-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { IssueButtons } from './IssueButtons';
import { IssueTile } from './IssueTile';
import classes from './IssueGallery.module.css';

/** What the chosen kind means, what can be done, and its photos; groups side by side. */
export function IssueGallery() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const kind = useStudioStore('issues', currentKind);
  const state = useStudioStore('issues', (issues) => issues.state);
  const issues = useStudioStore('issues', (all) => all.issues);
  const total = useStudioStore('issues', (all) => all.total);
  if (kind === undefined) return undefined;
  return (
    <>
      <header className={classes.header}>
        <div className={classes.words}>
          <h2 className={classes.title}>
            {t(`issues.kinds.${kind}.name`)}
            <span className={classes.total}>{formatCount(total)}</span>
          </h2>
          <p className={classes.explanation}>{t(`issues.kinds.${kind}.text`)}</p>
        </div>
        {issues.length > 0 && <IssueButtons />}
      </header>
      <div className={classes.scroller}>
        {issues.length === 0 ? (
          <p className={classes.none}>
            {t(state === 'open' ? 'issues.none' : 'issues.noneDecided')}
          </p>
        ) : (
          <div
            className={classes.groups}
            role="listbox"
            aria-multiselectable
            aria-label={t(`issues.kinds.${kind}.name`)}
          >
            {inGroups(issues).map((group) => (
              <div
                key={group[0]?.index}
                className={classes.group}
                data-framed={group.length > 1 || undefined}
                role="group"
              >
                {group.map(({ issue, index }) => (
                  <IssueTile key={issue.photoId} issue={issue} index={index} />
                ))}
              </div>
            ))}
          </div>
        )}
        {issues.length < total && (
          <Button
            variant="default"
            className={classes.more}
            onClick={() => void attempt(() => stores.issues.getState().showMore())}
          >
            {t('issues.more', { formatted: formatCount(total - issues.length) })}
          </Button>
        )}
      </div>
    </>
  );
}

type Placed = { issue: ShownIssue; index: number };

/** Issues of one group follow one another; one without a group stands alone. */
function inGroups(issues: readonly ShownIssue[]): Placed[][] {
  const groups: Placed[][] = [];
  issues.forEach((issue, index) => {
    const last = groups.at(-1);
    const isSame = issue.groupId !== undefined && last?.[0]?.issue.groupId === issue.groupId;
    if (last && isSame) last.push({ issue, index });
    else groups.push([{ issue, index }]);
  });
  return groups;
}
