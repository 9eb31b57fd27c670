import { useTranslation } from 'react-i18next';
import { photoAt } from '../../../stores/photo-pages';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { KeyCaps } from '../../../ui/KeyCaps';
import classes from './Inspector.module.css';
import { libraryActions } from '../library-actions';
import { ManyPhotos } from './ManyPhotos';
import { OnePhoto } from './OnePhoto';

/** The selection: facts of one photo, or what can be done with many. */
export function Inspector() {
  const { t } = useTranslation();
  const count = useStudioStore('selection', ({ selected }) => selected.size);
  const focus = useStudioStore('selection', (state) => state.focus);
  const only = useStudioStore('selection', ({ selected }) =>
    selected.size === 1 ? selected.values().next().value : undefined,
  );
  const id = only ?? (count === 0 ? focus?.id : undefined);
  const photo = useStudioStore('photos', ({ pages }) => {
    const focused = focus && photoAt(pages, focus.index);
    return focused?.id === id ? focused : undefined;
  });
  if (count > 1) return <ManyPhotos />;
  if (id !== undefined) return <OnePhoto key={id} photoId={id} summary={photo} />;
  return (
    <>
      <p className={classes.nothing}>{t('library.inspector.nothing')}</p>
      <KeyHints />
    </>
  );
}

/** The keys worth knowing first. */
const hinted = [
  'photos.loupe',
  'photos.exclude',
  'photos.clear-label',
  'photos.select-all',
  'photos.filter',
];

function KeyHints() {
  const { t } = useTranslation();
  const actions = libraryActions(useStudio()).filter(({ id }) => hinted.includes(id));
  return (
    <dl className={classes.hints}>
      {actions.map(({ id, titleKey, keys }) => (
        <div key={id} className={classes.hint}>
          <dt>{t(titleKey)}</dt>
          <dd>
            <KeyCaps text={keys[0] ?? ''} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
