import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { attempt } from './attempt';

interface NoteFieldProps {
  className?: string | undefined;
  label: string;
  placeholder: string;
  /** As it is stored. */
  note: string;
  onSave(note: string): Promise<unknown>;
}

/** Saved when it is left, and with Ctrl+Enter; Escape takes back what was typed. */
export function NoteField({ className, label, placeholder, note, onSave }: NoteFieldProps) {
  const [text, setText] = useState<string>();
  async function save(): Promise<void> {
    if (text === undefined || text.trim() === note) return setText(undefined);
    const isSaved = await attempt(() => onSave(text));
    // What was refused stays in the field.
    if (isSaved) setText(undefined);
  }
  return (
    <Textarea
      {...(className === undefined ? {} : { className })}
      size="xs"
      rows={3}
      maxLength={2000}
      label={label}
      placeholder={placeholder}
      value={text ?? note}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setText(undefined);
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.blur();
      }}
    />
  );
}
