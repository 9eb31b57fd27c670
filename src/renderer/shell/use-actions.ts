import { useCallback } from 'react';
import type { Action } from '../actions/action';
import type { Studio } from '../stores/create-studio';
import { useStudio } from '../stores/use-studio';
import { places } from './places';
import { shellActions } from './shell-actions';

/** Every action that means something now: those of the current place, then those of everywhere. */
export function currentActions(studio: Studio): Action[] {
  const { place: id } = studio.stores.view.getState();
  const isOpen = studio.stores.project.getState().phase === 'open';
  const place = isOpen ? places.find((candidate) => candidate.id === id) : undefined;
  return [...(place?.actions(studio) ?? []), ...shellActions(studio)];
}

export function useCurrentActions(): () => Action[] {
  const studio = useStudio();
  return useCallback(() => currentActions(studio), [studio]);
}
