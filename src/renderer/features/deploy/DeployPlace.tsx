import { Button } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { EmptyState } from '../../ui/EmptyState';
import { SidePanel } from '../../ui/SidePanel';
import { CompanionPageSection } from './companion-page/CompanionPageSection';
import { chosenExport } from './chosen-export';
import { ContractTable } from './ContractTable';
import classes from './DeployPlace.module.css';
import { ExportPanel } from './ExportPanel';
import { FolderContents } from './FolderContents';
import { ModelChoice } from './ModelChoice';
import { PhonesPanel } from './phones/PhonesPanel';

/** Left: which model. Right: its export, and what an app has to do with it. */
export function DeployPlace() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const models = useStudioStore('models', (state) => state.models);
  const selectedId = useStudioStore('deploy', (state) => state.selectedId);
  if (!models) return <main />;
  const model = chosenExport(selectedId, models);
  if (!model) {
    return (
      <EmptyState
        icon={<IconDeviceMobile size={30} stroke={1.4} />}
        title={t('deploy.empty.title')}
        text={t('deploy.empty.text')}
      >
        <Button size="sm" onClick={() => stores.view.getState().goTo('train')}>
          {t('deploy.empty.toTrain')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <main className={classes.place}>
      <SidePanel title={t('deploy.model.title')}>
        <div className={classes.models}>
          <ModelChoice models={models} chosenId={model.id} />
        </div>
      </SidePanel>
      <div className={classes.detail}>
        <PhonesPanel model={model} />
        <CompanionPageSection />
        <ExportPanel model={model} />
        <FolderContents model={model} />
        <ContractTable preprocessing={model.preprocessing} />
      </div>
    </main>
  );
}
