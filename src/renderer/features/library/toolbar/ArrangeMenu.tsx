import { Button, Menu } from '@mantine/core';
import {
  photoGroupings,
  photoGroupingSchema,
  photoOrders,
  photoOrderSchema,
} from '@shared/domain/photo-filter';
import { IconArrowsSort } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../stores/use-call';
import { useStudioStore } from '../../../stores/use-studio';
import classes from './ArrangeMenu.module.css';

/** What the list is ordered and grouped by. Only what is known of the photos is offered. */
export function ArrangeMenu() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const order = useStudioStore('photos', (state) => state.order);
  const descending = useStudioStore('photos', (state) => state.descending);
  const group = useStudioStore('photos', (state) => state.group);
  const arrange = useStudioStore('photos', (state) => state.arrange);
  const isAnalyzed = useStudioStore('issues', ({ overview }) => overview?.analyzedAt !== undefined);
  const { value: choices } = useCall('dataset.filterChoices', isOpen ? {} : undefined);
  const orders = photoOrders.filter(
    (name) =>
      (name !== 'uncertainty' || (choices?.answered ?? 0) > 0 || order === name) &&
      (name !== 'disagreement' || isAnalyzed || order === name),
  );
  const groupings = photoGroupings.filter(
    (name) => name !== 'cluster' || (choices?.clusters ?? 0) > 0 || group === name,
  );
  return (
    <Menu opened={isOpen} onChange={setIsOpen} position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button
          className={classes.button}
          variant="default"
          aria-label={t('library.arrange.title')}
          leftSection={<IconArrowsSort size={14} stroke={1.6} aria-hidden />}
        >
          {t(`library.order.${order}`)}
          {group !== 'none' && (
            <span className={classes.group}>{t(`library.arrange.by.${group}`)}</span>
          )}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('library.arrange.order')}</Menu.Label>
        <Menu.RadioGroup
          value={order}
          onChange={(value) => arrange({ order: photoOrderSchema.parse(value) })}
        >
          {orders.map((name) => (
            <Menu.RadioItem key={name} value={name}>
              {t(`library.order.${name}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.CheckboxItem checked={descending} onChange={(on) => arrange({ descending: on })}>
          {t('library.arrange.reversed')}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Label>{t('library.arrange.group')}</Menu.Label>
        <Menu.RadioGroup
          value={group}
          onChange={(value) => arrange({ group: photoGroupingSchema.parse(value) })}
        >
          {groupings.map((name) => (
            <Menu.RadioItem key={name} value={name}>
              {t(`library.arrange.by.${name}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
