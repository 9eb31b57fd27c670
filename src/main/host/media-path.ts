/**
 * A media path as it came over the wire: names of letters, digits, dots and dashes between single
 * slashes. Ids need no more, so nothing is decoded: whatever is escaped, empty, `.` or `..` is
 * refused before anything looks at it.
 */
export function isMediaPath(path: string): boolean {
  return (
    path.length <= 200 &&
    path.split('/').every((name) => /^[A-Za-z0-9_.-]+$/.test(name) && !/^\.+$/.test(name))
  );
}
