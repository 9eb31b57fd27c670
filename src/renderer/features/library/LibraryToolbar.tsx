import { Button, CloseButton, Menu, Select, Slider, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { photoOrders } from '@shared/domain/photo-filter';
import {
  IconFolderPlus,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconPhotoPlus,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { thumbnailSizes } from '../../stores/view-store';
import { attempt } from '../../ui/attempt';
import { KeyCaps } from '../../ui/KeyCaps';
import { ToolButton } from '../../ui/ToolButton';
import { FilterSummary } from './filter/FilterSummary';
import { filterFieldId } from './filter/filter-field';
import classes from './LibraryToolbar.module.css';

export function LibraryToolbar() {
  const { t } = useTranslation();
  const view = useStudioStore('view', (state) => state);
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
      <FilterSummary />
      <div className={classes.space} />
      <TextFilter />
      <OrderSelect />
      <Slider
        className={classes.size}
        min={thumbnailSizes.smallest}
        max={thumbnailSizes.largest}
        value={view.thumbnailSize}
        onChange={(thumbnailSize) => view.set({ thumbnailSize })}
        label={null}
        size={2}
        thumbSize={12}
        color="gray"
        thumbLabel={t('library.toolbar.size')}
      />
      <AddMenu />
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

/** Filters by file name a moment after the last key. */
function TextFilter() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const applied = useStudioStore('photos', ({ filter }) => filter.text ?? '');
  /** What is typed and not applied yet. */
  const [draft, setDraft] = useState<string>();
  const text = draft ?? applied;
  const apply = useDebouncedCallback((value: string) => {
    const { filter, setFilter } = stores.photos.getState();
    setFilter({ ...filter, text: value === '' ? undefined : value });
    setDraft(undefined);
  }, 180);
  const change = (value: string) => {
    setDraft(value);
    apply(value);
  };
  return (
    <TextInput
      id={filterFieldId}
      className={classes.text}
      aria-label={t('library.toolbar.filter')}
      placeholder={t('library.toolbar.filter')}
      maxLength={200}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        text === '' ? (
          <KeyCaps text="f" />
        ) : (
          <CloseButton
            size="xs"
            aria-label={t('library.toolbar.clearFilter')}
            onClick={() => change('')}
          />
        )
      }
    />
  );
}

function OrderSelect() {
  const { t } = useTranslation();
  const order = useStudioStore('photos', (state) => state.order);
  const setOrder = useStudioStore('photos', (state) => state.setOrder);
  const isAnalyzed = useStudioStore('issues', ({ overview }) => overview?.analyzedAt !== undefined);
  // Only by what is known: an analysis tells which labels are doubtful.
  const orders = photoOrders.filter(
    (name) => name !== 'uncertainty' && (name !== 'disagreement' || isAnalyzed),
  );
  return (
    <Select
      className={classes.order}
      aria-label={t('library.toolbar.order')}
      data={orders.map((value) => ({ value, label: t(`library.order.${value}`) }))}
      value={order}
      onChange={(value) => value && setOrder(value)}
      allowDeselect={false}
    />
  );
}

function AddMenu() {
  const { t } = useTranslation();
  const { imports } = useStudio();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconPlus size={14} aria-hidden />}>{t('library.toolbar.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconFolderPlus size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyCaps text="mod+shift+o" />}
          onClick={() => void attempt(() => imports.fromDialog('folder'))}
        >
          {t('actions.addFolder')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPhotoPlus size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyCaps text="mod+o" />}
          onClick={() => void attempt(() => imports.fromDialog('files'))}
        >
          {t('actions.addFiles')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
