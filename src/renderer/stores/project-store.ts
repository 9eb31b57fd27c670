import type { MethodInput, StudioClient } from '@shared/api/contract';
import type { ProjectInfo, RecentProject } from '@shared/domain/project';
import { createStore } from 'zustand/vanilla';

export interface ProjectState {
  phase: 'loading' | 'none' | 'open';
  project?: ProjectInfo;
  recent: readonly RecentProject[];
  refresh(): Promise<void>;
  refreshRecent(): Promise<void>;
  create(name: string, placeId?: string): Promise<void>;
  open(choice: MethodInput<'projects.open'>): Promise<void>;
  forget(recentId: string): Promise<void>;
  close(): Promise<void>;
  createSample(): Promise<void>;
}

export function createProjectStore(client: StudioClient) {
  const store = createStore<ProjectState>()((set, get) => {
    const show = ({ project }: { project?: ProjectInfo }) =>
      set({ project, phase: project ? 'open' : 'none' });
    return {
      phase: 'loading',
      recent: [],
      async refresh() {
        show(await client.call('projects.current', {}));
        await get().refreshRecent();
      },
      async refreshRecent() {
        const { projects } = await client.call('projects.recent', {});
        set({ recent: projects });
      },
      async create(name, placeId) {
        show(await client.call('projects.create', { name, placeId }));
      },
      async open(choice) {
        show(await client.call('projects.open', choice));
      },
      async forget(recentId) {
        await client.call('projects.forget', { recentId });
        await get().refreshRecent();
      },
      async close() {
        await client.call('projects.close', {});
        show({});
        await get().refreshRecent();
      },
      async createSample() {
        show(await client.call('projects.createSample', {}));
      },
    };
  });
  client.on('projects.changed', ({ project }) =>
    store.setState({ project, phase: project ? 'open' : 'none' }),
  );
  return store;
}
