import { createStore } from 'zustand/vanilla';
import type { LinkState, StudioLink } from '../host/studio-link';

export interface LinkStoreState {
  link: LinkState;
  /** Was connected before: losing it is news, not the start. */
  wasOpen: boolean;
}

export function createLinkStore(link: StudioLink) {
  const store = createStore<LinkStoreState>()(() => ({
    link: link.state,
    wasOpen: link.state === 'open',
  }));
  link.onState((state) =>
    store.setState((previous) => ({ link: state, wasOpen: previous.wasOpen || state === 'open' })),
  );
  return store;
}
