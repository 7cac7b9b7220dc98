/** The oldest agent that a hub of this version works with. A hub may be set to ask for a newer one. */
export const oldestAgentVersion = '0.1.0';

const form = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:[-+].*)?$/;

function partsOf(version: string): number[] | null {
  return form.exec(version)?.slice(1, 4).map(Number) ?? null;
}

export const isAgentVersion = (text: string): boolean => partsOf(text) !== null;

/** Whether one version is older than another; what stands behind a `-` is not looked at. */
export function isOlder(version: string, than: string): boolean {
  const [parts = [], others = []] = [partsOf(version) ?? [], partsOf(than) ?? []];
  const at = parts.findIndex((part, index) => part !== others[index]);
  return at >= 0 && (parts[at] ?? 0) < (others[at] ?? 0);
}

/** Why a hub doesn't work with an agent of that version; null where it does. An agent of a later major version may say what it doesn't know. */
export function refusalOfAgent(agent: string, { oldest, hub }: { oldest: string; hub: string }): string | null {
  const taken = `This hub is ${hub} and takes agents from ${oldest} to any ${partsOf(hub)?.[0]}.x`;
  const parts = partsOf(agent);
  if (!parts) return `${taken}; this one does not say which version it is.`;
  if (isOlder(agent, oldest)) return `${taken}; this one is ${agent}, which is too old.`;
  if ((parts[0] ?? 0) > (partsOf(hub)?.[0] ?? 0)) return `${taken}; this one is ${agent}, which is too new.`;
  return null;
}
