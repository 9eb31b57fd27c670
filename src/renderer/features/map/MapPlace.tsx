import { Button } from '@mantine/core';
import { IconChartScatter } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { activeJob } from '../../stores/jobs-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { EmptyState } from '../../ui/EmptyState';
import { JobNotice } from '../../ui/JobNotice';
import { PlaceFrame } from '../../ui/PlaceFrame';
import { MapCanvas } from './MapCanvas';
import { MapLegend } from './MapLegend';
import classes from './MapPlace.module.css';
import { MapSelection } from './MapSelection';
import { MapToolbar } from './MapToolbar';
import { useCategories } from './use-categories';

/** All photos in the plane, those alike together: the legend at the left, what is caught at the right. */
export function MapPlace() {
  const { stores } = useStudio();
  const overview = useStudioStore('map', (state) => state.overview);
  const points = useStudioStore('map', (state) => state.points);
  const facts = useStudioStore('map', (state) => state.facts);
  const categories = useCategories();

  useEffect(() => {
    const { open, close } = stores.map.getState();
    void attempt(open);
    return close;
  }, [stores]);

  if (!overview) return <PlaceFrame>{undefined}</PlaceFrame>;
  if (overview.drawnAt === undefined) {
    return (
      <PlaceFrame>
        <div className={classes.content}>
          <MapNotice />
          <NoMap />
        </div>
      </PlaceFrame>
    );
  }
  return (
    <PlaceFrame
      toolbar={<MapToolbar overview={overview} />}
      left={categories && <MapLegend categories={categories} overview={overview} />}
      right={<MapSelection />}
    >
      <div className={classes.content}>
        <MapNotice />
        {points && facts && categories && (
          <MapCanvas points={points} facts={facts} categories={categories} />
        )}
      </div>
    </PlaceFrame>
  );
}

function NoMap() {
  const { t } = useTranslation();
  const { client } = useStudio();
  const isEmpty = useStudioStore('dataset', ({ summary }) => summary?.total === 0);
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'map') !== undefined);
  return (
    <EmptyState
      icon={<IconChartScatter size={34} stroke={1.4} aria-hidden />}
      title={t('map.empty.title')}
      text={t(isEmpty ? 'map.empty.noPhotos' : 'map.empty.text')}
    >
      <Button
        size="sm"
        disabled={isEmpty || isRunning}
        onClick={() => void attempt(() => client.call('map.compute', {}))}
      >
        {t('map.actions.draw')}
      </Button>
    </EmptyState>
  );
}

function MapNotice() {
  const { stores } = useStudio();
  const job = useStudioStore('jobs', ({ jobs }) => jobs.find(({ kind }) => kind === 'map'));
  return <JobNotice job={job} commands={stores.jobs.getState()} />;
}
