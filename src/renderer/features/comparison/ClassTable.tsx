import { useTranslation } from 'react-i18next';
import { formatCount, formatPercent } from '../../i18n/format';
import { OpenPhotosButton } from './OpenPhotosButton';
import classes from './ClassTable.module.css';
import report from './ComparisonReport.module.css';
import type { ModelPair } from './model-pair';
import { wrongFirst } from './photo-changes';
import { sectionProps } from './report-sections';

const measures = ['precision', 'recall', 'f1'] as const;

/** Precision, recall and F1 of each label, first and second model beside each other. */
export function ClassTable({
  comparison,
  first,
  second,
  secondIndex,
  firstName,
  secondName,
  onOpen,
}: ModelPair) {
  const { t } = useTranslation();
  return (
    <section {...sectionProps('labels')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('comparison.classes.title')}</h3>
      </header>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th rowSpan={2} scope="col">
                {t('comparison.classes.label')}
              </th>
              <th rowSpan={2} scope="col" className={classes.number}>
                {t('comparison.classes.photos')}
              </th>
              {measures.map((measure) => (
                <th
                  key={measure}
                  colSpan={2}
                  scope="colgroup"
                  className={classes.group}
                  title={t(`comparison.classes.${measure}Hint`)}
                >
                  {t(`comparison.classes.${measure}`)}
                </th>
              ))}
            </tr>
            <tr>
              {measures.flatMap((measure) =>
                [firstName, secondName].map((name, place) => (
                  <th
                    key={`${measure} ${name}`}
                    scope="col"
                    className={place === 0 ? classes.firstOfGroup : classes.number}
                  >
                    {name}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {first.classes.map((own, index) => {
              const other = second.classes[index];
              return (
                <tr key={own.label}>
                  <th scope="row" className={classes.label} title={own.label}>
                    <OpenPhotosButton
                      name={own.label}
                      photos={own.support}
                      onOpen={() => {
                        const ofLabel = comparison.answers.filter(({ truth }) => truth === index);
                        onOpen({ title: own.label, photos: wrongFirst(ofLabel, secondIndex) });
                      }}
                    />
                  </th>
                  <td className={classes.number}>{formatCount(own.support)}</td>
                  {measures.flatMap((measure) => [
                    <ShareCell key={`${measure} first`} share={own[measure]} isFirst />,
                    <ShareCell
                      key={`${measure} second`}
                      share={other?.[measure]}
                      against={own[measure]}
                    />,
                  ])}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface ShareCellProps {
  share: number | undefined;
  /** The first model's figure: a change from it is marked. */
  against?: number;
  isFirst?: boolean;
}

/** Less than this is the same figure as shown. */
const smallestChange = 0.0005;

function ShareCell({ share, against, isFirst = false }: ShareCellProps) {
  const change = share === undefined || against === undefined ? 0 : share - against;
  const tone = change > smallestChange ? 'better' : change < -smallestChange ? 'worse' : undefined;
  return (
    <td className={isFirst ? classes.firstOfGroup : classes.number} data-tone={tone}>
      {share === undefined ? '–' : `${markOf(tone)}${formatPercent(share)}`}
      <span className={classes.track} aria-hidden>
        <span className={classes.bar} style={{ width: `${(share ?? 0) * 100}%` }} />
      </span>
    </td>
  );
}

/** Color alone does not carry the change. */
function markOf(tone: 'better' | 'worse' | undefined): string {
  if (tone === undefined) return '';
  return tone === 'better' ? '▲ ' : '▼ ';
}
