import path from 'node:path';
import { type ServiceDefinition, type ServiceFacts, serviceName } from './definition.ts';
import { escapeXml } from './launchd.ts';

/**
 * A task of the Task Scheduler that starts with the machine and is started again when it fails: Windows takes only programs
 * made for it as services, and Node is none.
 */
export function windowsTask(facts: ServiceFacts): ServiceDefinition {
  const file = path.win32.join(facts.folders.config, `${serviceName}.xml`);
  return {
    file,
    text: textOf(facts),
    install: [
      ['schtasks', '/Create', '/F', '/TN', serviceName, '/XML', file],
      ['schtasks', '/Run', '/TN', serviceName],
    ],
    uninstall: [
      ['schtasks', '/End', '/TN', serviceName],
      ['schtasks', '/Delete', '/F', '/TN', serviceName],
    ],
    start: ['schtasks', '/Run', '/TN', serviceName],
    stop: ['schtasks', '/End', '/TN', serviceName],
    status: ['schtasks', '/Query', '/TN', serviceName],
    logs: (lines, follow) => [
      ...['powershell', '-NoProfile', '-Command'],
      `Get-Content -LiteralPath '${logFile(facts).replaceAll("'", "''")}' -Tail ${lines}${follow ? ' -Wait' : ''}`,
    ],
  };
}

const logFile = ({ folders: { state } }: ServiceFacts): string => path.win32.join(state, 'agent.log');

const textOf = (facts: ServiceFacts): string => `<?xml version="1.0" encoding="UTF-8"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Nexomatic sink: runs modules for a Nexomatic hub</Description></RegistrationInfo>
  <Triggers><BootTrigger><Enabled>true</Enabled></BootTrigger></Triggers>
  <Principals><Principal id="Author"><UserId>S-1-5-19</UserId><RunLevel>LeastPrivilege</RunLevel></Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escapeXml(facts.node)}</Command>
      <Arguments>${escapeXml(argumentsOf(facts))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;

/** A task's output goes nowhere, so the agent writes its log itself. */
const argumentsOf = (facts: ServiceFacts): string =>
  `"${facts.program}" --dir "${facts.folders.config}" run --log-file "${logFile(facts)}"`;
