import { Select, Switch } from '@mantine/core';
import { type AwareTraining, awareTrainingSchema } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../stores/use-call';

interface AwareFieldsProps {
  backbone: string;
  aware: AwareTraining | undefined;
  onChange(aware: AwareTraining | undefined): void;
}

/** Blocks offered at most: more take long and gain nothing that was seen. */
const mostOffered = 4;

/** Whether an int8 model is trained for its rounding, and how much of it. */
export function AwareFields({ backbone, aware, onChange }: AwareFieldsProps) {
  const { t } = useTranslation();
  // Asked only when it matters: it starts TensorFlow once.
  const { value: options } = useCall('fineTuning.options', aware && { backbone });
  const blocks = options?.engine === undefined ? [] : options.blocks.slice(0, mostOffered);
  return (
    <>
      <Switch
        size="xs"
        label={t('fineTuning.aware.name')}
        checked={aware !== undefined}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? awareTrainingSchema.parse({}) : undefined)
        }
      />
      {aware && (
        <Select
          size="xs"
          w={230}
          aria-label={t('fineTuning.aware.blocks')}
          value={String(aware.blocks)}
          data={[
            { value: '0', label: t('fineTuning.aware.head') },
            ...blocks.map(({ blocks: count }) => ({
              value: String(count),
              label: t('fineTuning.aware.last', { count }),
            })),
          ]}
          description={
            options?.missing &&
            t('fineTuning.aware.missing', {
              reason: [options.missing.message, options.missing.remedy].filter(Boolean).join(' '),
            })
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDeselect={false}
          onChange={(value) => onChange({ ...aware, blocks: Number(value) })}
        />
      )}
    </>
  );
}
