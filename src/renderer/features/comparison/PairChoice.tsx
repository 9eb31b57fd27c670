import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './ComparisonReport.module.css';

interface PairChoiceProps {
  /** "int8 against float32", one a difference. */
  names: readonly string[];
  /** Which of them is shown. */
  position: number;
  onChange(position: number): void;
}

/** More names than these do not stand beside one another in a narrow window. */
const mostInARow = 2;

/** Which of several differences the sections below show; nothing where there is one. */
export function PairChoice({ names, position, onChange }: PairChoiceProps) {
  const { t } = useTranslation();
  if (names.length < 2) return undefined;
  const data = names.map((label, index) => ({ value: String(index), label }));
  const common = {
    className: classes.pairs,
    'aria-label': t('comparison.pair'),
    value: String(position),
    data,
  };
  return names.length > mostInARow ? (
    <Select {...common} allowDeselect={false} onChange={(value) => onChange(Number(value))} />
  ) : (
    <SegmentedControl {...common} onChange={(value) => onChange(Number(value))} />
  );
}
