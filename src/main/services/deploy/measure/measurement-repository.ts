import {
  type PhoneMeasurement,
  phoneMeasurementSchema,
} from '../../../../shared/domain/phone-measurement';
import type { Database } from '../../../platform/database/database';

/** What phones answered, whichever way it came; apart from what this computer measured. */
export function createMeasurementRepository(database: Database) {
  return {
    /** Newest first. */
    list(): PhoneMeasurement[] {
      return database
        .all<{ record: string }>('SELECT record FROM phone_measurements ORDER BY id DESC')
        .map(({ record }) => phoneMeasurementSchema.parse(JSON.parse(record)));
    },
    add(measurement: Omit<PhoneMeasurement, 'id'>): PhoneMeasurement {
      return database.transaction(() => {
        const row = database.get<{ last: number | null }>(
          'SELECT max(id) AS last FROM phone_measurements',
        );
        const number = (row?.last ?? 0) + 1;
        const added: PhoneMeasurement = { ...measurement, id: `measurement-${number}` };
        database.run('INSERT INTO phone_measurements (id, record) VALUES (?, ?)', [
          number,
          JSON.stringify(added),
        ]);
        return added;
      });
    },
  };
}

export type MeasurementRepository = ReturnType<typeof createMeasurementRepository>;
