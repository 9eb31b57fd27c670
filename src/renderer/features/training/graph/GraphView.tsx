import { Alert, Switch, TextInput, UnstyledButton } from '@mantine/core';
import type { GraphSummary } from '@shared/domain/graph-summary';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { countKinds, findOperators } from './find-operators';
import { GraphTotals } from './GraphTotals';
import classes from './GraphView.module.css';
import { OperatorDetails } from './OperatorDetails';
import { OperatorList } from './OperatorList';
import { constantOperators, operatorRows } from './operator-rows';

/** A graph as a list of operators with the lines between them, and all about the chosen one. */
export function GraphView({ summary }: { summary: GraphSummary }) {
  const { t } = useTranslation();
  const { operators } = summary;
  const [search, setSearch] = useState('');
  const [withConstants, setWithConstants] = useState(false);
  const [chosen, setChosen] = useState(
    () => operators.find(({ obstacle }) => obstacle !== undefined)?.number,
  );
  const constants = useMemo(() => constantOperators(operators), [operators]);
  const rows = useMemo(() => operatorRows(summary, withConstants), [summary, withConstants]);
  const found = useMemo(
    () =>
      findOperators(
        rows.map(({ operator }) => operator),
        search,
      ),
    [rows, search],
  );
  const operator = operators.find(({ number }) => number === chosen);

  function onSearchKey(event: KeyboardEvent) {
    if (event.key !== 'Enter') return;
    const next = event.shiftKey
      ? (found.findLast((number) => number < (chosen ?? 0)) ?? found.at(-1))
      : (found.find((number) => number > (chosen ?? 0)) ?? found[0]);
    if (next !== undefined) setChosen(next);
  }

  function goTo(number: number) {
    if (constants.has(number)) setWithConstants(true);
    setChosen(number);
  }

  return (
    <div className={classes.view}>
      <GraphTotals summary={summary} />
      {summary.obstacle !== undefined && (
        <Alert color="orange" className={classes.obstacle}>
          {summary.obstacle}
        </Alert>
      )}
      <div className={classes.toolbar}>
        <TextInput
          className={classes.search}
          size="xs"
          data-autofocus
          aria-label={t('modelGraph.search')}
          placeholder={t('modelGraph.search')}
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={onSearchKey}
        />
        <span className={classes.found} role="status">
          {search.trim() !== '' && t('modelGraph.found', { count: found.length })}
        </span>
        <div className={classes.kinds}>
          {countKinds(rows.map((row) => row.operator)).map(([kind, count]) => (
            <UnstyledButton
              key={kind}
              className={classes.kind}
              aria-pressed={search === kind}
              onClick={() => setSearch(search === kind ? '' : kind)}
            >
              {kind} <span className={classes.count}>{formatCount(count)}</span>
            </UnstyledButton>
          ))}
        </div>
        {constants.size > 0 && (
          <Switch
            size="xs"
            className={classes.constants}
            label={t('modelGraph.constants', { count: constants.size })}
            checked={withConstants}
            onChange={(event) => setWithConstants(event.currentTarget.checked)}
          />
        )}
      </div>
      <div className={classes.columns}>
        <OperatorList
          rows={rows}
          totals={summary.totals}
          found={search.trim() === '' ? undefined : new Set(found)}
          chosen={chosen}
          onChoose={setChosen}
        />
        {operator ? (
          <OperatorDetails
            operator={operator}
            operators={operators}
            totals={summary.totals}
            onGoTo={goTo}
          />
        ) : (
          <p className={classes.hint}>{t('modelGraph.choose')}</p>
        )}
      </div>
    </div>
  );
}
