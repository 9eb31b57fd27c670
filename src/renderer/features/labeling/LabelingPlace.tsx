export function LabelingPlace() {
  return <main />;
}
