import path from 'node:path';
import { logFileOf, type ServiceDefinition, type ServiceFacts, stopSecondsOf } from './definition.ts';

const label = 'io.nexomatic.sink';

/** A daemon of the machine, or an agent of the person. launchd knows no final exit codes: it waits between starts. */
export function launchdJob(facts: ServiceFacts, home: string | null, uid: number): ServiceDefinition {
  const folder = home === null ? '/Library/LaunchDaemons' : path.join(home, 'Library/LaunchAgents');
  const file = `${folder}/${label}.plist`;
  const domain = home === null ? 'system' : `gui/${uid}`;
  return {
    file,
    text: textOf(facts, home === null),
    install: [['launchctl', 'bootstrap', domain, file]],
    uninstall: [['launchctl', 'bootout', `${domain}/${label}`]],
    start: ['launchctl', 'kickstart', `${domain}/${label}`],
    // It ends with 0 after that, and is not started again.
    stop: ['launchctl', 'kill', 'SIGTERM', `${domain}/${label}`],
    status: ['launchctl', 'print', `${domain}/${label}`],
    logs: (lines, follow) => ['tail', '-n', String(lines), ...(follow ? ['-F'] : []), logFileOf(facts)],
  };
}

function textOf(facts: ServiceFacts, ofMachine: boolean): string {
  const { node, program, folders, user } = facts;
  const entries: [string, string][] = [
    ['Label', string(label)],
    ['ProgramArguments', `<array>${[node, program, 'run'].map(string).join('')}</array>`],
    [
      'EnvironmentVariables',
      `<dict>${key('NEXOMATIC_CONFIG_DIR')}${string(folders.config)}${key('NEXOMATIC_STATE_DIR')}${string(folders.state)}</dict>`,
    ],
    ...(ofMachine ? [['UserName', string(user)] as [string, string]] : []),
    ['RunAtLoad', '<true/>'],
    ['KeepAlive', `<dict>${key('SuccessfulExit')}<false/></dict>`],
    ['ThrottleInterval', '<integer>30</integer>'],
    ['ExitTimeOut', `<integer>${stopSecondsOf(facts)}</integer>`],
    ['Umask', '<integer>63</integer>'],
    ['StandardOutPath', string(logFileOf(facts))],
    ['StandardErrorPath', string(logFileOf(facts))],
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${entries.map(([name, value]) => `  ${key(name)}${value}`).join('\n')}
</dict>
</plist>
`;
}

const key = (name: string): string => `<key>${name}</key>`;
const string = (text: string): string => `<string>${escapeXml(text)}</string>`;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text between the tags of XML. */
export const escapeXml = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
