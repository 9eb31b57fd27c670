import { Button, Divider } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { activeJob } from '../../stores/jobs-store';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { KeyCaps } from '../../ui/KeyCaps';
import { SidePanel } from '../../ui/SidePanel';
import { BackboneChoice } from './BackboneChoice';
import { FineTuneSection } from './fine-tune/FineTuneSection';
import { ReadinessPanel } from './ReadinessPanel';
import { SettingsFields } from './SettingsFields';
import { ImportModelDialog } from './ImportModelDialog';
import { HeadSearchDialog } from './trials/HeadSearchDialog';
import { LearningCurveDialog } from './trials/LearningCurveDialog';
import { startTraining } from './start-training';
import classes from './TrainingSetup.module.css';

/** Everything before the button: what there is to learn from, and how to. */
export function TrainingSetup() {
  const { t } = useTranslation();
  const studio = useStudio();
  const settings = useStudioStore('training', (state) => state.settings);
  const summary = useStudioStore('dataset', (state) => state.summary);
  const featuresDone = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'features')?.done);
  const isTraining = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'train') !== undefined);
  const { value: readiness } = useCall(
    'training.readiness',
    { backbone: settings.backbone },
    // What is ready changes with the photos and with the features at hand.
    `${JSON.stringify(summary?.splits)} ${featuresDone}`,
  );
  return (
    <SidePanel title={t('training.setup.title')}>
      <div className={classes.scroll}>
        <ReadinessPanel readiness={readiness} />
        <LearningCurveDialog />
        <Divider />
        <BackboneChoice />
        <Divider />
        <SettingsFields />
        <HeadSearchDialog />
        <Divider />
        <ImportModelDialog />
        <Divider />
        <FineTuneSection />
      </div>
      <div className={classes.start}>
        <Button
          fullWidth
          size="sm"
          leftSection={<IconPlayerPlay size={16} />}
          rightSection={<KeyCaps text="mod+Enter" />}
          disabled={isTraining || readiness?.ready !== true}
          onClick={() => void attempt(() => startTraining(studio, settings))}
        >
          {t('training.setup.train')}
        </Button>
        {readiness && (
          <p className={classes.engine}>
            {t('training.setup.engine', { engine: readiness.engine.name })}
            {readiness.engine.note !== undefined && ` ${readiness.engine.note}`}
          </p>
        )}
      </div>
    </SidePanel>
  );
}
