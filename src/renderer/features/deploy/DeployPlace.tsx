export function DeployPlace() {
  return <main />;
}
