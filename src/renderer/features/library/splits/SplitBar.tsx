import { type Split, splits } from '@shared/domain/split';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import classes from './SplitBar.module.css';

/** How the photos of a label fall into training, validation and test; the figures on hover. */
export function SplitBar({ counts }: { counts: Record<Split, number> }) {
  const { t } = useTranslation();
  const title = splits
    .map((split) => `${t(`library.split.${split}`)} ${formatCount(counts[split])}`)
    .join(' · ');
  return (
    <span className={classes.bar} title={title} role="img" aria-label={title}>
      {splits.map((split) => (
        <span
          key={split}
          className={classes.part}
          data-split={split}
          style={{ flexGrow: counts[split] }}
        />
      ))}
    </span>
  );
}
