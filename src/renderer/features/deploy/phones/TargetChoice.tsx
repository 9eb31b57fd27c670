import { ActionIcon, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chosenTarget } from '../../../stores/phones-store';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { TargetDialog } from './TargetDialog';

const another = 'another';

/** The app or folder that pushes go to. */
export function TargetChoice() {
  const { t } = useTranslation();
  const { chooseTarget, removeTarget } = useStudio().stores.phones.getState();
  const targets = useStudioStore('phones', (state) => state.targets);
  const chosenId = useStudioStore('phones', chosenTarget);
  const [isAdding, adding] = useDisclosure(false);
  const chosen = targets.find(({ id }) => id === chosenId);
  return (
    <>
      <Select
        w={210}
        aria-label={t('phones.target.label')}
        allowDeselect={false}
        value={chosenId}
        data={[
          ...targets.map(({ id, name }) => ({ value: id, label: name })),
          { value: another, label: t('phones.target.add') },
        ]}
        onChange={(value) => {
          if (value === another) adding.open();
          else if (value !== null) chooseTarget(value);
        }}
      />
      {chosen && chosen.id !== 'companion' && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('phones.target.remove', { name: chosen.name })}
          title={t('phones.target.remove', { name: chosen.name })}
          onClick={() => void attempt(() => removeTarget(chosen.id))}
        >
          <IconTrash size={15} />
        </ActionIcon>
      )}
      <TargetDialog isOpen={isAdding} onClose={adding.close} />
    </>
  );
}
