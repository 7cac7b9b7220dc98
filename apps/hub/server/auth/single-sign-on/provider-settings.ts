import { secretSetting } from '../../secret-setting.ts';

/** A provider of single sign-on (OpenID Connect) that people may come by. */
export interface SsoProvider {
  /** Stands in addresses: `/login/oidc/<id>`. */
  id: string;
  /** On its button: "Continue with <label>". */
  label: string;
  /** As the provider itself writes it; its `/.well-known/openid-configuration` is read from there. */
  issuer: string;
  clientId: string;
  clientSecret: string;
}

const setting =
  /^NEXOMATIC_OIDC_([A-Z0-9]+(?:_[A-Z0-9]+)*?)_(ISSUER|CLIENT_ID|CLIENT_SECRET|CLIENT_SECRET_FILE|LABEL)$/;

/** Whether the name is one of `NEXOMATIC_OIDC_<NAME>_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET`, `_CLIENT_SECRET_FILE`, `_LABEL`. */
export const isSsoSetting = (name: string): boolean => setting.test(name);

/** The providers that the environment names, by name, and what is wrong with them. */
export function readSsoProviders(source: Record<string, string | undefined>) {
  const names = new Set(Object.keys(source).flatMap((name) => (source[name] ? (setting.exec(name)?.[1] ?? []) : [])));
  const faults: string[] = [];
  const providers = [...names].sort().flatMap((name) => {
    const read = readProvider(source, name);
    faults.push(...read.faults);
    return read.provider ?? [];
  });
  return { providers, faults };
}

function readProvider(source: Record<string, string | undefined>, name: string) {
  const prefix = `NEXOMATIC_OIDC_${name}`;
  const faults: string[] = [];
  const needed = (part: string, what: string): string => {
    const value = source[`${prefix}_${part}`];
    if (!value) faults.push(`${prefix}_${part} is not set; give ${what}`);
    return value ?? '';
  };
  const issuer = needed('ISSUER', 'the address of the provider, for example https://login.example.com');
  if (issuer && !isIssuer(issuer)) {
    faults.push(`${prefix}_ISSUER is not an https: address; give for example https://login.example.com`);
  }
  const clientId = needed('CLIENT_ID', 'the id under which this hub is registered at the provider');
  const { value: clientSecret, fault } = secretSetting(source, `${prefix}_CLIENT_SECRET`);
  if (fault) faults.push(fault);
  else if (!clientSecret) faults.push(`${prefix}_CLIENT_SECRET is not set; give the secret that the provider made`);
  const id = name.toLowerCase().replaceAll('_', '-');
  const label = source[`${prefix}_LABEL`] || name.charAt(0) + name.slice(1).toLowerCase().replaceAll('_', ' ');
  if (faults.length > 0 || !clientSecret) return { faults, provider: null };
  return { faults, provider: { id, label, issuer, clientId, clientSecret } };
}

/** Plain http only to this very machine: what a provider says about people decides who gets in. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.search || url.hash) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** Whether the host is this machine. */
export const isLoopback = (hostname: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
