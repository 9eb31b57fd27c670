import { Popover, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Provenance } from '@shared/domain/provenance';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../i18n/format';
import classes from './Fact.module.css';

interface FactProps {
  name: string;
  value: ReactNode;
  /** A second line: an interval, what it was held against. */
  detail?: ReactNode;
  /** Where the number comes from; shown on hover, focus and click. */
  provenance?: Provenance;
}

/** A number with its name and, when asked, its origin. */
export function Fact({ name, value, detail, provenance }: FactProps) {
  return (
    <div className={classes.fact}>
      <div className={classes.name}>{name}</div>
      <div className={classes.value}>
        {provenance ? <WithProvenance provenance={provenance}>{value}</WithProvenance> : value}
      </div>
      {detail !== undefined && <div className={classes.detail}>{detail}</div>}
    </div>
  );
}

interface WithProvenanceProps {
  provenance: Provenance;
  children: ReactNode;
}

function WithProvenance({ provenance, children }: WithProvenanceProps) {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <Popover opened={isOpen} position="bottom-start" shadow="md" width={280}>
      <Popover.Target>
        <UnstyledButton
          className={classes.origin}
          onMouseEnter={open}
          onMouseLeave={close}
          onFocus={open}
          onBlur={close}
        >
          {children}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.provenance}>
        <strong>{t(`common.provenance.${provenance.kind}`)}</strong>
        <div>{t('common.provenance.on', { on: provenance.on })}</div>
        <div>{t('common.provenance.by', { by: provenance.by })}</div>
        <div>{formatDateTime(provenance.at)}</div>
      </Popover.Dropdown>
    </Popover>
  );
}
