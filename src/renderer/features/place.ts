import type { ComponentType } from 'react';
import type { IconProps } from '@tabler/icons-react';
import type { ActionSource } from '../actions/action';
import type { PlaceId } from '../stores/view-store';

/**
 * One of the five places, or another view of the photos. A feature exports one such record; the shell makes the rail, the
 * palette, the keys and the page from it.
 */
export interface Place {
  id: PlaceId;
  /** The place that it is shown below in the rail, smaller. */
  under?: PlaceId;
  icon: ComponentType<IconProps>;
  /** A few words under the name in the rail: "37 unlabeled". A hook: called on every render. */
  useStatus(): string | undefined;
  Component: ComponentType;
  actions: ActionSource;
}
