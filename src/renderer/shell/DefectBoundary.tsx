import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState';

/** Catches what a component throws while it renders; React has no hook for that. */
export class DefectBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return <Defect onRetry={() => this.setState({ hasFailed: false })} />;
  }
}

function Defect({ onRetry }: { onRetry(): void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconMoodSad size={34} stroke={1.4} aria-hidden />}
      title={t('shell.defect.title')}
      text={t('shell.defect.text')}
    >
      <Button size="sm" variant="default" onClick={onRetry}>
        {t('shell.defect.again')}
      </Button>
    </EmptyState>
  );
}
