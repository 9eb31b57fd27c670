import { Autocomplete, CloseButton } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { readFilterLine, writeFilterLine } from '@shared/domain/filter-line/filter-line';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { KeyCaps } from '../../../ui/KeyCaps';
import { filterFieldId } from './filter-field';
import { filterCompletions } from './filter-completions';
import classes from './FilterField.module.css';
import { SaveFilterButton } from './SaveFilterButton';
import { useFilterNames } from './use-filter-names';

/** A line is applied this long after the last key. */
const restMs = 180;

/** What the list is narrowed to, as one line that can be read and changed. */
export function FilterField() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const filter = useStudioStore('photos', (state) => state.filter);
  const chosen = useStudioStore('photos', (state) => state.chosen);
  const [hasFocus, setHasFocus] = useState(false);
  const names = useFilterNames(hasFocus || filter.importId !== undefined);
  /** What is typed; absent while nobody types. */
  const [draft, setDraft] = useState<string>();
  const line = draft ?? writeFilterLine(filter, names);
  const read = readFilterLine(line, names);
  const unread = 'unread' in read ? read.unread : undefined;
  const completions = draft === undefined ? [] : filterCompletions(line, names);

  const apply = useDebouncedCallback((typed: string) => {
    const answer = readFilterLine(typed, names);
    if ('filter' in answer) stores.photos.getState().setFilter(answer.filter);
  }, restMs);
  const type = (typed: string) => {
    setDraft(typed);
    apply(typed);
  };
  const clear = () => {
    apply.cancel();
    setDraft(undefined);
    stores.photos.getState().setFilter({});
  };

  if (chosen) {
    return (
      <div className={classes.chosen}>
        <span className={classes.chosenTitle}>{chosen.title}</span>
        <CloseButton
          size="xs"
          aria-label={t('suggestions.similar.back')}
          onClick={() => stores.photos.getState().goBack()}
        />
      </div>
    );
  }
  return (
    <div className={classes.frame}>
      <Autocomplete
        id={filterFieldId}
        classNames={{ input: classes.input }}
        size="xs"
        aria-label={t('library.filterLine.name')}
        placeholder={t('library.filterLine.placeholder')}
        maxLength={2000}
        spellCheck={false}
        value={line}
        error={unread !== undefined && !hasFocus}
        onChange={type}
        onFocus={() => {
          setHasFocus(true);
          setDraft(line === '' ? '' : `${line} `);
        }}
        onBlur={() => {
          setHasFocus(false);
          // What means nothing stays to be mended; the rest is shown as it was understood.
          if (!unread) setDraft(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
        }}
        data={completions.map((completion) => completion.line)}
        filter={({ options }) => options}
        renderOption={({ option }) => {
          const completion = completions.find((known) => known.line === option.value);
          return (
            completion && (
              <span className={classes.option}>
                <code className={classes.part}>{completion.part}</code>
                {completion.isOpen && (
                  <span className={classes.hint}>
                    {t(`library.filterLine.hint.${completion.word}`)}
                  </span>
                )}
              </span>
            )
          );
        }}
        comboboxProps={{ width: 380, position: 'bottom-start' }}
        leftSection={<IconFilter size={14} aria-hidden />}
        rightSectionWidth={line === '' ? undefined : 54}
        rightSection={
          line.trim() === '' ? (
            <KeyCaps text="f" />
          ) : (
            <span className={classes.buttons}>
              <SaveFilterButton filter={filter} />
              <CloseButton size="xs" aria-label={t('library.filterLine.clear')} onClick={clear} />
            </span>
          )
        }
      />
      {unread && (
        <p className={classes.problem} role="alert">
          {unread.word
            ? t('library.filterLine.unknownValue', {
                text: unread.text,
                hint: t(`library.filterLine.hint.${unread.word}`),
              })
            : t('library.filterLine.unknownWord', { text: unread.text })}
        </p>
      )}
    </div>
  );
}
