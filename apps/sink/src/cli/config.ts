import type { Machine } from './machine.ts';
import { changeConfigFile, settingName, settingNames, settingVariables } from './settings.ts';
import type { Talk } from './talk.ts';

/** Every setting as it counts now, and where it came from. A password in an address is not shown. */
export function showConfig({ settings: { environment, origins }, folders }: Machine, talk: Talk): void {
  const rows = settingNames.map((name) => {
    const value = environment[settingVariables[name]];
    return { name, value: value === undefined ? null : withoutPassword(value), origin: origins[name] };
  });
  const lines = rows.map(({ name, value, origin }) => `${name.padEnd(14)} ${value ?? '–'}  (${origin})`);
  talk.result([`folder         ${folders.config}`, ...lines].join('\n'), { folder: folders.config, settings: rows });
}

/** Writes a setting into the config file; an empty value takes it out. */
export function setConfig({ folders }: Machine, name: string, value: string, talk: Talk): void {
  changeConfigFile(folders.config, { [settingName(name)]: value === '' ? null : value });
  talk.say(
    `${name} ${value === '' ? 'is not set any more' : `is ${value}`}; it counts from the next start of the agent`,
  );
}

function withoutPassword(value: string): string {
  const url = URL.parse(value);
  if (!url?.password) return value;
  url.password = '***';
  return url.href;
}
