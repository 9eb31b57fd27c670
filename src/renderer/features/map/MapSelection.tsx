import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { KeyCaps } from '../../ui/KeyCaps';
import { LabelButtons } from '../../ui/LabelButtons';
import { PanelSection } from '../../ui/PanelSection';
import { mapActions } from './map-actions';
import { mapEdits } from './map-edits';
import classes from './MapSelection.module.css';
import { useMapLabels } from './use-map-labels';

const previews = 12;
/** The keys worth knowing first. */
const hinted = ['map.lasso', 'map.select-all', 'map.coloring', 'map.zoom-in', 'map.whole'];

/** The photos that were caught, and what can be done with them. */
export function MapSelection() {
  const { t } = useTranslation();
  const studio = useStudio();
  const photoUrl = usePhotoUrl();
  const selected = useStudioStore('map', (state) => state.selected);
  const labels = useMapLabels();
  if (selected.size === 0) return <Hints />;
  const edits = mapEdits(studio);
  const first = [...selected].slice(0, previews);
  return (
    <>
      <PanelSection>
        <p className={classes.count} role="status">
          {t('map.selected', { count: selected.size, formatted: formatCount(selected.size) })}
        </p>
        <div className={classes.previews}>
          {first.map((photoId) => (
            <img key={photoId} src={photoUrl(photoId, 'thumbnail')} alt="" loading="lazy" />
          ))}
        </div>
        <div className={classes.buttons}>
          <Button onClick={edits.showInPhotos}>{t('map.actions.showInPhotos')}</Button>
          <Button variant="default" onClick={() => void attempt(edits.exclude)}>
            {t('map.actions.exclude')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            onClick={() => studio.stores.map.getState().set({ selected: new Set() })}
          >
            {t('map.clear')}
          </Button>
        </div>
      </PanelSection>
      {labels.length > 0 && (
        <PanelSection title={t('map.labelAs')}>
          <LabelButtons
            labels={labels}
            onChoose={(label) => void attempt(() => edits.label(label.id))}
          />
        </PanelSection>
      )}
    </>
  );
}

function Hints() {
  const { t } = useTranslation();
  const actions = mapActions(useStudio()).filter(({ id }) => hinted.includes(id));
  return (
    <PanelSection>
      <p className={classes.hint}>{t('map.selectSome')}</p>
      <dl className={classes.keys}>
        {actions.map(({ id, titleKey, keys }) => (
          <div key={id} className={classes.key}>
            <dt>{t(titleKey)}</dt>
            <dd>
              <KeyCaps text={keys[0] ?? ''} />
            </dd>
          </div>
        ))}
      </dl>
    </PanelSection>
  );
}
