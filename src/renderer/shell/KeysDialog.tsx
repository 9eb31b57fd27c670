import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Action } from '../actions/action';
import { KeyCaps } from '../ui/KeyCaps';
import { useStudio, useStudioStore } from '../stores/use-studio';
import classes from './KeysDialog.module.css';
import { places } from './places';
import { shellActions } from './shell-actions';

/** The keys of the current place and those of everywhere, from the actions themselves. */
export function KeysDialog() {
  const { t } = useTranslation();
  const studio = useStudio();
  const isOpen = useStudioStore('view', (view) => view.keysOpen);
  const current = useStudioStore('view', (view) => view.place);
  const place = places.find(({ id }) => id === current);
  return (
    <Modal
      opened={isOpen}
      onClose={() => studio.stores.view.getState().set({ keysOpen: false })}
      title={t('shell.keys.title', { place: t(`shell.places.${current}`) })}
      size="lg"
    >
      {isOpen && (
        <div className={classes.columns}>
          <KeyList actions={place?.actions(studio) ?? []} />
          <KeyList actions={shellActions(studio)} title={t('actions.group.everywhere')} />
        </div>
      )}
    </Modal>
  );
}

function KeyList({ actions, title }: { actions: readonly Action[]; title?: string }) {
  const { t } = useTranslation();
  // Eight ways to extend a selection are one row.
  const byTitle = new Map<string, string[]>();
  for (const { titleKey, titleValues, keys } of actions) {
    const name = t(titleKey, titleValues);
    if (keys.length > 0) byTitle.set(name, [...(byTitle.get(name) ?? []), ...keys]);
  }
  return (
    <section>
      {title && <h4 className={classes.title}>{title}</h4>}
      <dl className={classes.list}>
        {[...byTitle].map(([title, keys]) => (
          <div key={title} className={classes.row}>
            <dt>{title}</dt>
            <dd className={classes.keys}>
              {keys.map((key) => (
                <KeyCaps key={key} text={key} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
