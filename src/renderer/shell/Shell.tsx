import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useActionKeys } from '../actions/use-action-keys';
import { ExportDialog } from '../features/dataset-export/ExportDialog';
import { CaptureDialog } from '../features/capture/CaptureDialog';
import { PhonePhotosDialog } from '../features/phone-photos/PhonePhotosDialog';
import { useStudioStore } from '../stores/use-studio';
import { CommandPalette } from './CommandPalette';
import { DefectBoundary } from './DefectBoundary';
import { DropTarget } from './DropTarget';
import { JobTray } from './JobTray';
import { KeysDialog } from './KeysDialog';
import { LinkBanner } from './LinkBanner';
import { places } from './places';
import { Rail } from './Rail';
import classes from './Shell.module.css';
import { StartScreen } from './StartScreen';
import { useCurrentActions } from './use-actions';
import { useJobNews } from './use-job-news';

/** The window: a start screen without a project, else rail, place and job tray. */
export function Shell() {
  const phase = useStudioStore('project', (state) => state.phase);
  useActionKeys(useCurrentActions());
  useJobNews();
  return (
    <div className={classes.shell}>
      <LinkBanner />
      {phase === 'loading' && <Connecting />}
      {phase === 'none' && <StartScreen />}
      {phase === 'open' && <OpenProject />}
      <CommandPalette />
    </div>
  );
}

function OpenProject() {
  const current = useStudioStore('view', (view) => view.place);
  const Place = places.find(({ id }) => id === current)?.Component;
  return (
    <>
      <div className={classes.body}>
        <Rail />
        <div className={classes.place}>
          {/* A defect in one place leaves the others usable. */}
          <DefectBoundary key={current}>{Place && <Place />}</DefectBoundary>
        </div>
      </div>
      <JobTray />
      <DropTarget />
      <CaptureDialog />
      <PhonePhotosDialog />
      <ExportDialog />
      <KeysDialog />
    </>
  );
}

function Connecting() {
  const { t } = useTranslation();
  const link = useStudioStore('link', (state) => state.link);
  return (
    <div className={classes.connecting} role="status">
      <Loader size="sm" color="gray" />
      <p>{t(link === 'lost' ? 'shell.link.unreachable' : 'shell.link.connecting')}</p>
    </div>
  );
}
