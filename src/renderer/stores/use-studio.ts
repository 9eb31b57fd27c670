import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ExtractState } from 'zustand/vanilla';
import type { Stores, Studio } from './create-studio';

export const StudioContext = createContext<Studio | undefined>(undefined);

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error('useStudio needs a StudioContext above it');
  return studio;
}

/** What `select` picks from a store; renders again only when that changes. */
export function useStudioStore<Name extends keyof Stores, Selected>(
  name: Name,
  select: (state: ExtractState<Stores[Name]>) => Selected,
): Selected {
  const store = useStudio().stores[name];
  return useStore<Stores[Name], Selected>(store, select);
}
