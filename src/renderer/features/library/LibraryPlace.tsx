import { useStudioStore } from '../../stores/use-studio';
import { PlaceFrame } from '../../ui/PlaceFrame';
import { EmptyLibrary } from './import/EmptyLibrary';
import { FilterPanel } from './filter/FilterPanel';
import { ImportReportDialog } from './import/ImportReportDialog';
import { Inspector } from './inspector/Inspector';
import { LibraryToolbar } from './toolbar/LibraryToolbar';
import { Loupe } from './loupe/Loupe';
import { MissingBanner } from './import/MissingBanner';
import classes from './LibraryPlace.module.css';
import { NothingFound } from './grid/NothingFound';
import { JumpDialog } from './grid/JumpDialog';
import { PaintBar } from './grid/PaintBar';
import { PhotoGrid } from './grid/PhotoGrid';
import { WatchedFolders } from './import/WatchedFolders';
import { SplitEditor } from './splits/SplitEditor';

export function LibraryPlace() {
  const isEmpty = useStudioStore('dataset', ({ summary }) => summary?.total === 0);
  const nothingFound = useStudioStore('photos', ({ total }) => total === 0);
  const labelsOpen = useStudioStore('view', (view) => view.labelsOpen);
  const inspectorOpen = useStudioStore('view', (view) => view.inspectorOpen);
  const loupeOpen = useStudioStore('view', (view) => view.loupeOpen);

  return (
    <>
      {isEmpty ? (
        <PlaceFrame>
          <WatchedFolders />
          <EmptyLibrary />
        </PlaceFrame>
      ) : (
        <PlaceFrame
          toolbar={<LibraryToolbar />}
          left={labelsOpen && <FilterPanel />}
          right={inspectorOpen && <Inspector />}
        >
          <div className={classes.content}>
            <WatchedFolders />
            <MissingBanner />
            <PaintBar />
            {nothingFound ? <NothingFound /> : <PhotoGrid />}
          </div>
          {loupeOpen && <Loupe />}
        </PlaceFrame>
      )}
      <JumpDialog />
      <SplitEditor />
      <ImportReportDialog />
    </>
  );
}
