import { Button, Group, Select, Switch } from '@mantine/core';
import { toShape } from '@shared/api/errors';
import type { Device } from '@shared/domain/device';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { PhonePhotoGrid } from './PhonePhotoGrid';
import classes from './PhonePhotos.module.css';
import { usePhonePhotos } from './use-phone-photos';

/** Photos that are asked for at a time. */
const portion = 200;

interface PhonePhotosFormProps {
  phone: Device;
  onDone(): void;
}

/** Albums, thumbnails, and what is done with those that are chosen. */
export function PhonePhotosForm({ phone, onDone }: PhonePhotosFormProps) {
  const { t } = useTranslation();
  const { client } = useStudio();
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  const [album, setAlbum] = useState<string>();
  const [onlyNew, setOnlyNew] = useState(true);
  const [limit, setLimit] = useState(portion);
  const [label, setLabel] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { list, error, lookAgain } = usePhonePhotos(phone.id, { album, onlyNew }, limit);
  const count = chosen.size > 0 ? chosen.size : (list?.total ?? 0);

  function show(change: () => void) {
    change();
    setChosen(new Set());
    setLimit(portion);
  }

  async function start() {
    const choice = chosen.size > 0 ? { photoIds: [...chosen] } : { album, onlyNew };
    const isStarted = await attempt(() =>
      client.call('phonePhotos.pull', { deviceId: phone.id, label, ...choice }),
    );
    // Its progress is in the tray.
    if (isStarted) onDone();
  }

  return (
    <>
      <div className={classes.settings}>
        <AlbumChoice
          albums={(list?.albums ?? []).map(({ name, count: all, fresh }) => ({
            name,
            count: onlyNew ? fresh : all,
          }))}
          album={album}
          onChoose={(next) => show(() => setAlbum(next))}
        />
        <Switch
          size="xs"
          label={t('phonePhotos.onlyNew')}
          checked={onlyNew}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            show(() => setOnlyNew(checked));
          }}
        />
        <Button variant="default" onClick={() => show(lookAgain)}>
          {t('phonePhotos.lookAgain')}
        </Button>
      </div>
      <div className={classes.stage}>
        {error !== undefined && <Problem error={error} />}
        {error === undefined && !list && (
          <p className={classes.message} role="status">
            {t('phonePhotos.looking')}
          </p>
        )}
        {list?.total === 0 && (
          <p className={classes.message}>
            {t(onlyNew ? 'phonePhotos.nothingNew' : 'phonePhotos.nothing')}
          </p>
        )}
        {list && list.total > 0 && (
          <PhonePhotoGrid photos={list.photos} chosen={chosen} onChoose={setChosen} />
        )}
        {list && list.photos.length < list.total && (
          <Button variant="default" onClick={() => setLimit(limit + portion)}>
            {t('phonePhotos.more')}
          </Button>
        )}
      </div>
      <Group justify="space-between" align="flex-end">
        <Select
          label={t('phonePhotos.label')}
          placeholder={t('phonePhotos.noLabel')}
          data={labels?.map(({ name }) => name) ?? []}
          value={label ?? null}
          onChange={(value) => setLabel(value ?? undefined)}
          clearable
          searchable
        />
        <span className={classes.count} role="status">
          {list && chosen.size === 0 && list.total > 0
            ? t('phonePhotos.shown', {
                shown: formatCount(list.photos.length),
                total: formatCount(list.total),
              })
            : null}
          {chosen.size > 0
            ? t('phonePhotos.chosen', { count: chosen.size, formatted: formatCount(chosen.size) })
            : null}
        </span>
        <Group gap="xs">
          {chosen.size > 0 && (
            <Button variant="default" onClick={() => setChosen(new Set())}>
              {t('phonePhotos.clear')}
            </Button>
          )}
          <Button disabled={count === 0} onClick={() => void start()}>
            {t(chosen.size > 0 ? 'phonePhotos.import' : 'phonePhotos.importAll', {
              count,
              formatted: formatCount(count),
            })}
          </Button>
        </Group>
      </Group>
    </>
  );
}

interface AlbumChoiceProps {
  albums: readonly { name: string; count: number }[];
  album: string | undefined;
  onChoose(album: string | undefined): void;
}

const every = '';

function AlbumChoice({ albums, album, onChoose }: AlbumChoiceProps) {
  const { t } = useTranslation();
  const total = albums.reduce((sum, { count }) => sum + count, 0);
  return (
    <Select
      className={classes.album}
      aria-label={t('phonePhotos.album')}
      data={[
        {
          value: every,
          label: t('phonePhotos.allAlbums', { formatted: formatCount(total) }),
        },
        ...albums.map(({ name, count }) => ({
          value: name,
          label: t('phonePhotos.oneAlbum', { name, formatted: formatCount(count) }),
        })),
      ]}
      value={album ?? every}
      onChange={(value) => onChoose(value === null || value === every ? undefined : value)}
      allowDeselect={false}
    />
  );
}

function Problem({ error }: { error: unknown }) {
  const { message, remedy } = toShape(error);
  return (
    <div className={classes.message} role="alert">
      <p className={classes.problem}>{message}</p>
      {remedy !== undefined && <p>{remedy}</p>}
    </div>
  );
}
