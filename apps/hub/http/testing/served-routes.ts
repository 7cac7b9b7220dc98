import { fileURLToPath } from 'node:url';
import { loadRemixBuild } from '../remix.ts';

/** An address that the build of the pages answers. */
export interface ServedRoute {
  /** In the writing of `app/routes.ts`: `/t/:tenant/events`. */
  pattern: string;
  /** The frames around it and itself, as far as they load anything: each can be asked for alone by a data request. */
  loaders: string[];
  /** Whether there is anything to look at, and not only something to send a form to. */
  opens: boolean;
  /** Where its form is sent when the page is at that address; null for a page that takes none. */
  action: ((address: string) => string) | null;
}

const buildFolder = fileURLToPath(new URL('../../build/', import.meta.url));

/** Every address of the dashboard, as it was built and not as it was written down. */
export async function servedRoutes(): Promise<ServedRoute[]> {
  const { routes } = await loadRemixBuild(buildFolder);
  const all = Object.values(routes).filter((route) => route !== undefined);
  const frames = new Set(all.map(({ parentId }) => parentId));
  const chainOf = (id: string | undefined): typeof all => {
    const route = id === undefined ? undefined : routes[id];
    return route ? [...chainOf(route.parentId), route] : [];
  };
  return all
    .filter(({ id }) => !frames.has(id))
    .map(({ id, module, index }): ServedRoute => {
      const chain = chainOf(id);
      const path = chain.flatMap((one) => (one.path ? [one.path] : [])).join('/');
      const loaders = chain.filter((one) => one.id !== 'root' && one.module.loader).map((one) => one.id);
      const opens = module.loader !== undefined || module.default !== undefined;
      return {
        pattern: `/${path}`,
        loaders,
        opens,
        action: module.action ? (address) => formAddress(address, index === true) : null,
      };
    });
}

/** A frame has the same address as the page at its top: what is sent to the page says so. */
const formAddress = (address: string, isIndex: boolean): string =>
  isIndex ? `${address}${address.includes('?') ? '&' : '?'}index` : address;
