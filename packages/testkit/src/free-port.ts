export { freePort } from '@nexomatic/cli/infrastructure/free-port';
