export function TrainingPlace() {
  return <main />;
}
