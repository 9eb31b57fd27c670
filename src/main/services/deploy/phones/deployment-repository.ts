import { type Deployment, deploymentSchema } from '../../../../shared/domain/deployment';
import type { Database } from '../../../platform/database/database';

/** What went to which phone; only pushes that ended well are here. */
export function createDeploymentRepository(database: Database) {
  return {
    /** Newest first. */
    list(): Deployment[] {
      return database
        .all<{ record: string }>('SELECT record FROM deployments ORDER BY id DESC')
        .map(({ record }) => deploymentSchema.parse(JSON.parse(record)));
    },
    add(deployment: Omit<Deployment, 'id'>): Deployment {
      return database.transaction(() => {
        const row = database.get<{ last: number | null }>(
          'SELECT max(id) AS last FROM deployments',
        );
        const number = (row?.last ?? 0) + 1;
        const added: Deployment = { ...deployment, id: `push-${number}` };
        database.run('INSERT INTO deployments (id, record) VALUES (?, ?)', [
          number,
          JSON.stringify(added),
        ]);
        return added;
      });
    },
  };
}

export type DeploymentRepository = ReturnType<typeof createDeploymentRepository>;
