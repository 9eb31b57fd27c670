import { Progress } from '@mantine/core';

interface ProgressLineProps {
  done: number;
  /** Absent while unknown: the line then moves without saying how far. */
  total: number | undefined;
  width?: number | string;
}

export function ProgressLine({ done, total, width = '100%' }: ProgressLineProps) {
  const isKnown = total !== undefined && total > 0;
  const percent = isKnown ? Math.min(100, (done / total) * 100) : 100;
  return (
    <Progress
      value={percent}
      animated={!isKnown}
      striped={!isKnown}
      size={4}
      w={width}
      style={{ flex: 'none' }}
    />
  );
}
