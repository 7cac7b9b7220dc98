/** A browser's cookies and redirects, for flows over several sites: cookies are kept per host and port. */
export function cookieJar() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };

  async function open(url: string): Promise<Response> {
    const jar = jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { headers: cookie ? { cookie } : {}, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line) || value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  return {
    open,
    cookie: (url: string, name: string) => jarOf(url).get(name),
    setCookie: (url: string, name: string, value: string) => void jarOf(url).set(name, value),
    /** Follows redirects until one leads to an address that `last` knows, or there is none; gives where that is. */
    async follow(from: string, last: (url: URL) => boolean): Promise<URL> {
      let url = new URL(from);
      for (let hops = 0; hops < 12 && !last(url); hops++) {
        const location = (await open(url.href)).headers.get('location');
        if (location === null) break;
        url = new URL(location, url);
      }
      return url;
    },
  };
}
