/**
 * SECURITY: empties a field when it leaves the page: `<PasswordInput ref={wiped} …>`. React and the document remember the
 * last field that had the keyboard, and with it what was typed, until another has it; that can be hours.
 */
export function wiped(field: HTMLInputElement | HTMLTextAreaElement | null): () => void {
  return () => {
    if (field === null) return;
    field.value = '';
    // React writes what is typed into the attribute, too.
    field.defaultValue = '';
  };
}
