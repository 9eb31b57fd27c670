import { AppError } from '@shared/api/errors';

/**
 * Puts text on the clipboard. A window that grants no permissions refuses the Clipboard API; the
 * older way needs none inside a click.
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    if (copySelected(text)) return;
    throw new AppError(
      'forbidden',
      'The clipboard can’t be written.',
      'Allow this page to use the clipboard, or export the model: the folder holds the same text.',
      { cause: error },
    );
  }
}

function copySelected(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
  }
}
