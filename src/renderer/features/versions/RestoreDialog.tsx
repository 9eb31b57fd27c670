import { Button, Group, Modal } from '@mantine/core';
import type { RestorePlan } from '@shared/api/versions-api';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { versionNumber } from './version-name';
import { restoreAsked } from './version-steps';
import classes from './RestoreDialog.module.css';

/** Says what restoring will do before it is done. */
export function RestoreDialog() {
  const { t } = useTranslation();
  const studio = useStudio();
  const { closeRestore } = studio.stores.versions.getState();
  const restoring = useStudioStore('versions', (state) => state.restoring);
  return (
    <Modal
      opened={restoring !== undefined}
      onClose={closeRestore}
      title={
        restoring && t('versions.restore.title', { number: versionNumber(restoring.versionId) })
      }
    >
      {restoring && (
        <>
          <p className={classes.text}>
            {t(restoring.plan.isSame ? 'versions.restore.same' : 'versions.restore.text')}
          </p>
          <PlanList plan={restoring.plan} />
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={closeRestore}>
              {t(restoring.plan.isSame ? 'common.close' : 'common.cancel')}
            </Button>
            {!restoring.plan.isSame && (
              <Button data-autofocus onClick={() => void attempt(() => restoreAsked(studio))}>
                {t('versions.restore.confirm')}
              </Button>
            )}
          </Group>
        </>
      )}
    </Modal>
  );
}

const counted = ['relabeled', 'moved', 'included', 'excluded'] as const;
/** File names that fit a dialog. */
const shownNames = 6;

function PlanList({ plan }: { plan: RestorePlan }) {
  const { t } = useTranslation();
  const names = plan.missingNames.slice(0, shownNames).join(', ');
  const sentences = [
    ...plan.newLabels.map((name) => t('versions.restore.newLabel', { name })),
    ...plan.renamedLabels.map((label) => t('versions.restore.renamedLabel', label)),
    ...counted
      .filter((what) => plan[what] > 0)
      .map((what) =>
        t(`versions.restore.${what}`, { count: plan[what], formatted: formatCount(plan[what]) }),
      ),
    ...(plan.missing > 0
      ? [
          t('versions.restore.missing', {
            count: plan.missing,
            formatted: formatCount(plan.missing),
            names: plan.missing > shownNames ? `${names} …` : names,
          }),
        ]
      : []),
  ];
  return (
    <ul className={classes.list}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
