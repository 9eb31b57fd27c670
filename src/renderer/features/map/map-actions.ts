import type { Action, ActionSource } from '../../actions/action';
import { labelActions } from '../../actions/label-actions';
import { activeJob } from '../../stores/jobs-store';
import { mapColorings } from '../../stores/map-store';
import { moved, wholeMap, zoomed } from './camera';
import { mapEdits } from './map-edits';
import { photosOnScreen } from './shown-points';

const stepPixels = 80;
export const zoomStep = 1.5;

/** What can be done on the map by key and palette. */
export const mapActions: ActionSource = (studio) => {
  const { stores, client } = studio;
  const map = stores.map.getState;
  const edits = mapEdits(studio);
  const hasPoints = () => map().points !== undefined && map().overview?.drawnAt !== undefined;
  const hasSelected = () => map().selected.size > 0;
  const camera = () => map().camera ?? wholeMap(map().size);
  const zoom = (factor: number) => map().set({ camera: zoomed(camera(), map().size, factor) });

  const steps: Action[] = (
    [
      ['ArrowLeft', 1, 0],
      ['ArrowRight', -1, 0],
      ['ArrowUp', 0, 1],
      ['ArrowDown', 0, -1],
    ] as const
  ).map(([key, x, y]) => ({
    id: `map.${key}`,
    titleKey: 'map.actions.move',
    keys: [key],
    onlyKeys: true,
    enabled: hasPoints,
    run: () => map().set({ camera: moved(camera(), x * stepPixels, y * stepPixels) }),
  }));

  return [
    {
      id: 'map.compute',
      titleKey: 'map.actions.draw',
      keys: ['mod+Enter'],
      enabled: () => activeJob(stores.jobs.getState().jobs, 'map') === undefined,
      run: () => client.call('map.compute', {}),
    },
    ...steps,
    {
      id: 'map.zoom-in',
      titleKey: 'map.actions.zoomIn',
      keys: ['+', '='],
      enabled: hasPoints,
      run: () => zoom(zoomStep),
    },
    {
      id: 'map.zoom-out',
      titleKey: 'map.actions.zoomOut',
      keys: ['-'],
      enabled: hasPoints,
      run: () => zoom(1 / zoomStep),
    },
    {
      id: 'map.whole',
      titleKey: 'map.actions.whole',
      keys: ['0'],
      enabled: hasPoints,
      run: () => map().set({ camera: undefined }),
    },
    {
      id: 'map.lasso',
      titleKey: 'map.actions.lasso',
      keys: ['shift+l'],
      enabled: hasPoints,
      run: () => map().set({ tool: map().tool === 'lasso' ? 'move' : 'lasso' }),
    },
    {
      id: 'map.coloring',
      titleKey: 'map.actions.coloring',
      keys: ['shift+c'],
      enabled: hasPoints,
      run: () => {
        const next = (mapColorings.indexOf(map().coloring) + 1) % mapColorings.length;
        map().set({ coloring: mapColorings[next], highlight: undefined });
      },
    },
    {
      id: 'map.select-all',
      titleKey: 'map.actions.selectAll',
      keys: ['mod+a', 'a'],
      enabled: hasPoints,
      run: () => map().set({ selected: new Set(photosOnScreen(map())) }),
    },
    {
      id: 'map.show-in-photos',
      titleKey: 'map.actions.showInPhotos',
      keys: ['Enter'],
      enabled: hasSelected,
      run: edits.showInPhotos,
    },
    {
      id: 'map.exclude',
      titleKey: 'map.actions.exclude',
      keys: ['x'],
      enabled: hasSelected,
      run: edits.exclude,
    },
    {
      id: 'map.step-back',
      titleKey: 'map.actions.stepBack',
      keys: ['Escape'],
      enabled: () => hasSelected() || map().highlight !== undefined,
      run: () => map().set(hasSelected() ? { selected: new Set() } : { highlight: undefined }),
    },
    ...labelActions(studio, (label) => edits.label(label.id), hasSelected),
  ];
};
