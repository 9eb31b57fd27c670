import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { attempt } from '../ui/attempt';
import { Mark } from '../ui/Mark';
import { useStudio, useStudioStore } from '../stores/use-studio';
import { NewProjectForm } from './NewProjectForm';
import { RecentProjects } from './RecentProjects';
import classes from './StartScreen.module.css';

/** Without a project: make one, open one, or try the sample. */
export function StartScreen() {
  const { t } = useTranslation();
  const { host } = useStudio();
  const project = useStudioStore('project', (state) => state);
  const choosePlace = host.choosePlace?.bind(host);

  async function openFolder() {
    const place = await choosePlace?.('open-project');
    if (place) await project.open({ placeId: place.placeId });
  }

  return (
    <main className={classes.start}>
      <header className={classes.header}>
        <Mark size={44} />
        <div>
          <h1 className={classes.name}>{t('common.appName')}</h1>
          <p className={classes.tagline}>{t('shell.start.tagline')}</p>
        </div>
      </header>
      <div className={classes.columns}>
        <section>
          <h2 className={classes.title}>{t('shell.start.create')}</h2>
          <NewProjectForm />
          <div className={classes.sample}>
            <Button
              variant="default"
              leftSection={<IconSparkles size={15} aria-hidden />}
              onClick={() => void attempt(project.createSample)}
            >
              {t('shell.start.sample')}
            </Button>
            <p className={classes.hint}>{t('shell.start.sampleHint')}</p>
          </div>
        </section>
        <section>
          <div className={classes.titleRow}>
            <h2 className={classes.title}>{t('shell.start.recent')}</h2>
            {choosePlace && (
              <Button variant="default" size="compact-xs" onClick={() => void attempt(openFolder)}>
                {t('shell.start.open')}
              </Button>
            )}
          </div>
          <RecentProjects />
        </section>
      </div>
    </main>
  );
}
