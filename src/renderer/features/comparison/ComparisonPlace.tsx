export function ComparisonPlace() {
  return <main />;
}
