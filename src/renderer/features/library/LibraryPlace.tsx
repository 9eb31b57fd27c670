export function LibraryPlace() {
  return <main />;
}
