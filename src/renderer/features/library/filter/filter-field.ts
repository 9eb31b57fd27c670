/** The text field of the toolbar, which a key can reach. */
export const filterFieldId = 'photo-filter';

export function focusFilterField(): void {
  const field = document.getElementById(filterFieldId);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}
