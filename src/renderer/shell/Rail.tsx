import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { attempt } from '../ui/attempt';
import { GeneratedBadge } from '../ui/GeneratedBadge';
import { useStudio, useStudioStore } from '../stores/use-studio';
import type { Place } from '../features/place';
import { places } from './places';
import classes from './Rail.module.css';

/** The five places in the order of the work, each with what it has to say at the moment. */
export function Rail() {
  const { t } = useTranslation();
  const generated = useStudioStore('project', (state) => state.project?.generated);
  return (
    <div className={classes.rail}>
      <ProjectMenu />
      {generated && (
        <div className={classes.generated}>
          <GeneratedBadge />
        </div>
      )}
      <nav className={classes.places} aria-label={t('shell.places.navigation')}>
        {places.map((place) => (
          <RailItem key={place.id} place={place} />
        ))}
      </nav>
      <ThemeSwitch />
    </div>
  );
}

function RailItem({ place }: { place: Place }) {
  const { t } = useTranslation();
  const goTo = useStudioStore('view', (view) => view.goTo);
  const isCurrent = useStudioStore('view', (view) => view.place === place.id);
  const status = place.useStatus();
  return (
    <UnstyledButton
      className={classes.item}
      aria-current={isCurrent ? 'page' : undefined}
      data-under={place.under}
      onClick={() => goTo(place.id)}
    >
      <place.icon className={classes.icon} size={place.under ? 16 : 20} stroke={1.6} aria-hidden />
      <span className={classes.name}>{t(`shell.places.${place.id}`)}</span>
      {status !== undefined && <span className={classes.status}>{status}</span>}
    </UnstyledButton>
  );
}

function ProjectMenu() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const project = useStudioStore('project', (state) => state.project);
  const recent = useStudioStore('project', (state) => state.recent);
  const { open, close } = stores.project.getState();
  const others = recent.filter((other) => other.available && other.folder !== project?.folder);
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.project} aria-label={t('shell.projectMenu.open')}>
          <span className={classes.projectName}>{project?.name}</span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.folder}>{project?.folder}</Menu.Label>
        {others.length > 0 && <Menu.Label>{t('shell.projectMenu.recent')}</Menu.Label>}
        {others.slice(0, 6).map((other) => (
          <Menu.Item
            key={other.id}
            onClick={() => void attempt(() => open({ recentId: other.id }))}
          >
            {other.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void attempt(close)}>{t('shell.projectMenu.close')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const scheme = useStudioStore('view', (view) => view.colorScheme);
  const set = useStudioStore('view', (view) => view.set);
  const isDark = scheme === 'dark';
  return (
    <UnstyledButton
      className={classes.theme}
      aria-label={t('actions.toggleTheme')}
      onClick={() => set({ colorScheme: isDark ? 'light' : 'dark' })}
    >
      {isDark ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />}
      <span>{t(isDark ? 'shell.theme.toLight' : 'shell.theme.toDark')}</span>
    </UnstyledButton>
  );
}
