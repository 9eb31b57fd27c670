import { Button, SegmentedControl } from '@mantine/core';
import type { MapState } from '@shared/api/map-api';
import {
  IconArrowsMaximize,
  IconHandStop,
  IconLassoPolygon,
  IconMinus,
  IconPlus,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatCount } from '../../i18n/format';
import { activeJob } from '../../stores/jobs-store';
import { mapColorings } from '../../stores/map-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { ToolButton } from '../../ui/ToolButton';
import { wholeMap, zoomed } from './camera';
import { zoomStep } from './map-actions';
import classes from './MapToolbar.module.css';

/** What the map is colored by, tools, how old it is, and drawing it again. */
export function MapToolbar({ overview }: { overview: MapState }) {
  const { t } = useTranslation();
  const { stores, client } = useStudio();
  const coloring = useStudioStore('map', (state) => state.coloring);
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'map') !== undefined);
  const { notOnIt, outdated, drawnAt } = overview;
  const color = (value: string) => {
    const wanted = mapColorings.find((name) => name === value);
    if (wanted) stores.map.getState().set({ coloring: wanted, highlight: undefined });
  };
  return (
    <>
      <SegmentedControl
        aria-label={t('map.coloredBy')}
        data={mapColorings.map((value) => ({ value, label: t(`map.colorings.${value}`) }))}
        value={coloring}
        onChange={color}
      />
      <Tools />
      <span
        className={classes.when}
        role="status"
        data-stale={notOnIt > 0 || outdated || undefined}
      >
        {outdated
          ? t('map.outdated')
          : notOnIt > 0
            ? t('map.notOnIt', { count: notOnIt, formatted: formatCount(notOnIt) })
            : drawnAt !== undefined && t('map.drawn', { ago: formatAgo(drawnAt) })}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        disabled={isRunning}
        onClick={() => void attempt(() => client.call('map.compute', {}))}
      >
        {t('map.actions.again')}
      </Button>
    </>
  );
}

function Tools() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const tool = useStudioStore('map', (state) => state.tool);
  const set = useStudioStore('map', (state) => state.set);
  const zoom = (factor: number) => {
    const { camera, size } = stores.map.getState();
    set({ camera: zoomed(camera ?? wholeMap(size), size, factor) });
  };
  const icon = { size: 17, stroke: 1.6, 'aria-hidden': true };
  return (
    <div className={classes.tools}>
      <ToolButton
        label={t('map.tools.move')}
        isOn={tool === 'move'}
        onClick={() => set({ tool: 'move' })}
      >
        <IconHandStop {...icon} />
      </ToolButton>
      <ToolButton
        label={t('map.tools.lasso')}
        keyText="shift+l"
        isOn={tool === 'lasso'}
        onClick={() => set({ tool: 'lasso' })}
      >
        <IconLassoPolygon {...icon} />
      </ToolButton>
      <ToolButton label={t('map.actions.zoomOut')} keyText="-" onClick={() => zoom(1 / zoomStep)}>
        <IconMinus {...icon} />
      </ToolButton>
      <ToolButton label={t('map.actions.zoomIn')} keyText="+" onClick={() => zoom(zoomStep)}>
        <IconPlus {...icon} />
      </ToolButton>
      <ToolButton
        label={t('map.actions.whole')}
        keyText="0"
        onClick={() => set({ camera: undefined })}
      >
        <IconArrowsMaximize {...icon} />
      </ToolButton>
    </div>
  );
}
