import type { Model } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import classes from './DeployPlace.module.css';

const files = ['model', 'preprocessing', 'labels', 'readme', 'example', 'report'] as const;

/** What the exported folder holds, file by file. */
export function FolderContents({ model }: { model: Model }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={classes.sectionTitle}>{t('deploy.folder.title')}</h3>
      <p className={classes.hint}>
        {t(model.parentId === undefined ? 'deploy.folder.hint' : 'deploy.folder.hintWithParent')}
      </p>
      <table className={classes.table}>
        <tbody>
          {files.map((file) => (
            <tr key={file}>
              <th scope="row" className={classes.file}>
                {t(`deploy.folder.${file}.name`)}
              </th>
              <td>{t(`deploy.folder.${file}.what`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
