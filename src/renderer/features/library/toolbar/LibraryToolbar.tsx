import { Slider } from '@mantine/core';
import {
  IconBrush,
  IconFileExport,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStudioStore } from '../../../stores/use-studio';
import { thumbnailSizes } from '../../../stores/view-store';
import { ToolButton } from '../../../ui/ToolButton';
import { FilterField } from '../filter/FilterField';
import { ListSummary } from '../filter/ListSummary';
import { AddMenu } from './AddMenu';
import { ArrangeMenu } from './ArrangeMenu';
import classes from './LibraryToolbar.module.css';

export function LibraryToolbar() {
  const { t } = useTranslation();
  const view = useStudioStore('view', (state) => state);
  const hasLabels = useStudioStore('dataset', ({ summary }) => summary?.labels.length !== 0);
  return (
    <>
      <ToolButton
        label={t('library.actions.toggleLabels')}
        keyText="alt+l"
        isOn={view.labelsOpen}
        onClick={() => view.set({ labelsOpen: !view.labelsOpen })}
      >
        <IconLayoutSidebar size={18} stroke={1.6} aria-hidden />
      </ToolButton>
      <ListSummary />
      <FilterField />
      <ArrangeMenu />
      <ToolButton
        label={t('library.actions.paint')}
        keyText="alt+p"
        isOn={view.painting}
        disabled={!hasLabels}
        onClick={() => view.set({ painting: !view.painting, brush: undefined })}
      >
        <IconBrush size={18} stroke={1.6} aria-hidden />
      </ToolButton>
      <Slider
        className={classes.size}
        min={Math.log(thumbnailSizes.smallest)}
        max={Math.log(thumbnailSizes.largest)}
        step={0.01}
        value={Math.log(view.thumbnailSize)}
        onChange={(size) => view.set({ thumbnailSize: Math.round(Math.exp(size)) })}
        label={null}
        size={2}
        thumbSize={12}
        color="gray"
        thumbLabel={t('library.toolbar.size')}
      />
      <AddMenu />
      <ToolButton
        label={t('actions.exportDataset')}
        keyText="mod+shift+e"
        onClick={() => view.set({ exportOpen: true })}
      >
        <IconFileExport size={18} stroke={1.6} aria-hidden />
      </ToolButton>
      <ToolButton
        label={t('actions.toggleInspector')}
        keyText="alt+i"
        isOn={view.inspectorOpen}
        onClick={() => view.set({ inspectorOpen: !view.inspectorOpen })}
      >
        <IconLayoutSidebarRight size={18} stroke={1.6} aria-hidden />
      </ToolButton>
    </>
  );
}
