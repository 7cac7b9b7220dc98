import { portIsTaken } from '../infrastructure/free-port.ts';
import { portOwner } from '../infrastructure/port-owner.ts';
import { StepError } from '../steps.mjs';
import type { DevSettings } from './settings.ts';

/** A taken port is a fault that names it: another one, chosen in silence, would make every kept address wrong. */
export async function checkPorts({ port, edgePort }: DevSettings): Promise<void> {
  if (port === edgePort) {
    throw new StepError(`The hub and the edge can not both listen on port ${port}.`, {
      fix: ['Give two different ports:  npm start -- --port 4600 --edge-port 4601'],
    });
  }
  await checkPort('hub', port, '--port', 'NEXOMATIC_PORT');
  await checkPort('edge', edgePort, '--edge-port', 'NEXOMATIC_EDGE_PORT');
}

async function checkPort(component: string, port: number, flag: string, setting: string): Promise<void> {
  if (!(await portIsTaken(port, '127.0.0.1'))) return;
  const owner = portOwner(port);
  throw new StepError(`Port ${port}, which the ${component} listens on, is taken${owner ? ` by ${owner}` : ''}.`, {
    fix: [
      'Stop that program, or give another port:',
      `npm start -- ${flag} ${port + 100}     (or ${setting}=${port + 100} npm start)`,
    ],
  });
}
