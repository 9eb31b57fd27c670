import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Action, isEnabled } from '../actions/action';
import { attempt } from '../ui/attempt';
import { KeyCaps } from '../ui/KeyCaps';
import { useStudio } from '../stores/use-studio';
import { places } from './places';
import { shellActions } from './shell-actions';

/** Every action there is, by place, each with its key; those of the current place come first. */
export function CommandPalette() {
  const { t } = useTranslation();
  const studio = useStudio();
  // Taken anew at each opening: what can be done has changed since.
  const [groups, setGroups] = useState<SpotlightActionGroupData[]>([]);

  const toItem = (action: Action, before?: () => void) => ({
    id: action.id,
    label: t(action.titleKey, action.titleValues),
    rightSection: action.keys[0] && <KeyCaps text={action.keys[0]} />,
    onClick: () => {
      before?.();
      void attempt(action.run);
    },
  });
  const listed = (action: Action) => !action.onlyKeys && isEnabled(action);

  function collect() {
    const { place: current, goTo } = studio.stores.view.getState();
    const isOpen = studio.stores.project.getState().phase === 'open';
    const ordered = isOpen
      ? [...places].sort((a, b) => Number(b.id === current) - Number(a.id === current))
      : [];
    setGroups([
      ...ordered.slice(0, 1).map((place) => toGroup(place)),
      {
        group: t('actions.group.everywhere'),
        actions: shellActions(studio)
          .filter(listed)
          .map((action) => toItem(action)),
      },
      ...ordered.slice(1).map((place) => toGroup(place, () => goTo(place.id))),
    ]);
  }

  const toGroup = (place: (typeof places)[number], before?: () => void) => ({
    group: t(`actions.group.${place.id}`),
    actions: place
      .actions(studio)
      .filter(listed)
      .map((action) => toItem(action, before)),
  });

  return (
    <Spotlight
      shortcut={null}
      actions={groups}
      nothingFound={t('shell.commands.nothing')}
      highlightQuery
      scrollable
      overlayProps={{ blur: 0, backgroundOpacity: 0.45 }}
      maxHeight={420}
      onSpotlightOpen={collect}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.5} aria-hidden />,
        placeholder: t('shell.commands.placeholder'),
        'aria-label': t('shell.commands.placeholder'),
      }}
    />
  );
}

export const openPalette = (): void => spotlight.open();
