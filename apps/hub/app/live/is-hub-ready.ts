/** Whether the hub answers and has what it needs. Asked before a page is refreshed against a hub that may be down. */
export function isHubReady(): Promise<boolean> {
  return fetch('/readyz').then(
    (answer) => answer.ok,
    () => false,
  );
}
