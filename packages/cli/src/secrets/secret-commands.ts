import { type Command, InvalidArgumentError, type Option } from 'commander';
import { type HubOptions, withHub } from '../hub/hub-options.ts';
import type { GrantOptions, RevokeOptions } from './grant-secret.ts';
import type { SetOptions } from './set-secret.ts';

type Shown = HubOptions & { json?: boolean };

/** `nexomatic secret …`: what there is to say of secrets, and their values, which go in and never come out. */
export function addSecretCommands(program: Command, stateDir: () => Option): void {
  const secret = program
    .command('secret')
    .description('set, list, try and remove secrets of a tenant; nothing reads a value back')
    .addHelpText(
      'before',
      'Examples:\n  nexomatic secret set SHOP_TOKEN\n  nexomatic secret set DEPLOY_KEY --file ~/.ssh/deploy\n  nexomatic secret set SSH_KEY --file id_ed25519 --end-to-end --sink backup-1\n  nexomatic secret list\n',
    );
  const command = (name: string) => withHub(secret.command(name)).addOption(stateDir());

  command('set')
    .description('give a secret a value, sealed before it leaves this machine; asks for it without showing it')
    .argument('<key>', 'name of the secret; one that is not there yet is made')
    .option('--stdin', 'read the value from standard input; a line end at its end is left out')
    .option('--file <path>', 'read the value from a file, byte by byte')
    .option('--generate [bytes]', 'make a random value of so many bytes, as base64url (32 without a number)', byteCount)
    .option('--print', 'tell the generated value on standard output, this once')
    .option('--end-to-end', 'make it one that only the sinks of --sink can read, and the hub can not')
    .option('--sink <name>', sinkMeaning, eachSink)
    .option('--yes', 'do not ask whether the fingerprints of their keys were compared')
    // What stands too much is most likely a value, which must not be told again.
    .allowExcessArguments()
    .action(async (key: string, options: SetOptions, { args }: Command) => {
      const { setSecret } = await import('./set-secret.ts');
      process.exitCode = await setSecret(key, { ...options, inArguments: args.length > 1 });
    });

  command('list')
    .description('list secrets, and names that parameters refer to in vain')
    .option('--json', 'one JSON document')
    .action(async (options: Shown) => {
      const { listSecrets } = await import('./list-secrets.ts');
      process.exitCode = await listSecrets(options);
    });

  command('refs')
    .description('list the event types and actions whose parameters name a secret')
    .argument('<key>', 'name of the secret')
    .option('--json', 'one JSON document')
    .action(async (key: string, options: Shown) => {
      const { listReferences } = await import('./list-references.ts');
      process.exitCode = await listReferences(key, options);
    });

  command('check')
    .description('have a sink try whether it gets a secret and can open it; tells length and fingerprint alone')
    .argument('<key>', 'name of the secret')
    .requiredOption('--sink <name>', 'name of the sink')
    .option('--json', 'one JSON document')
    .action(async (key: string, options: Shown & { sink: string }) => {
      const { checkSecret } = await import('./check-secret.ts');
      process.exitCode = await checkSecret(key, options);
    });

  command('grant')
    .description('let other sinks have the value of an end-to-end secret; a sink that has it shares it')
    .argument('<key>', 'name of the secret')
    .requiredOption('--sink <name>', sinkMeaning, eachSink)
    .option('--yes', 'do not ask whether the fingerprints of their keys were compared')
    .action(async (key: string, options: GrantOptions) => {
      const { grantSecret } = await import('./grant-secret.ts');
      process.exitCode = await grantSecret(key, options);
    });

  command('revoke')
    .description('take an end-to-end secret from sinks; what they have read they may have kept')
    .argument('<key>', 'name of the secret')
    .requiredOption('--sink <name>', sinkMeaning, eachSink)
    .option('--confirm-loss', 'also from the last sink that has its value, which is lost then')
    .action(async (key: string, options: RevokeOptions) => {
      const { revokeSecret } = await import('./grant-secret.ts');
      process.exitCode = await revokeSecret(key, options);
    });

  command('rm')
    .description('delete a secret with all its values')
    .argument('<key>', 'name of the secret')
    .option('--yes', 'do not ask')
    .option('--force', 'delete it though parameters name it: their events will end as errors')
    .action(async (key: string, options: HubOptions & { yes?: boolean; force?: boolean }) => {
      const { removeSecret } = await import('./remove-secret.ts');
      process.exitCode = await removeSecret(key, options);
    });
}

const sinkMeaning =
  'name of a sink, or NAME=FINGERPRINT with what `nexomatic-sink status` shows on its machine; may be repeated';
const eachSink = (one: string, all: string[] = []): string[] => [...all, one];

function byteCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 16 && count <= 4_096) return count;
  throw new InvalidArgumentError('Give a number of bytes from 16 to 4096.');
}
