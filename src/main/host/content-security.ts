/**
 * The interface's Content-Security-Policy. Scripts come from the program's own files only.
 * Styles may be inline because Mantine writes its theme variables into a style element.
 */
export function interfacePolicy({
  connect = [],
  images = [],
}: {
  connect?: readonly string[];
  images?: readonly string[];
}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src ${["'self'", 'data:', 'blob:', ...images].join(' ')}`,
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/**
 * For what is shown on its own: photos and a report that holds all it needs. It gets an origin of
 * its own, so that nothing in it can speak to the studio.
 */
export const mediaPolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
