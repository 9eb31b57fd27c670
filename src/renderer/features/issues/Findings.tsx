import type { Finding } from '@shared/domain/issue';
import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '../../i18n/format';
import { useStudioStore } from '../../stores/use-studio';
import classes from './Findings.module.css';

/** Sentences about labels, each with the number that it rests on and what to do. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className={classes.findings}>
      {findings.map((finding) => (
        <li key={JSON.stringify(finding)}>
          <FindingText finding={finding} />
        </li>
      ))}
    </ul>
  );
}

function FindingText({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  const nameOf = (index: number) =>
    labels?.find(({ id }) => id === finding.labelIds[index])?.name ?? '';
  const { kind, value, atLeast, attribute, photos } = finding;
  const numbers = {
    first: nameOf(0),
    second: nameOf(1),
    count: photos,
    formatted: formatCount(photos),
    times: value.toFixed(1),
    share: formatPercent(value, 0),
    atLeast: atLeast === undefined ? '' : formatPercent(atLeast, 0),
    attribute: attribute ? t(`issues.attributes.${attribute}`) : '',
  };
  return (
    <>
      <p className={classes.sentence}>{t(`issues.findings.${kind}.text`, numbers)}</p>
      <p className={classes.remedy}>{t(`issues.findings.${kind}.remedy`)}</p>
    </>
  );
}
