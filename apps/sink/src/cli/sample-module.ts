import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SinkRuntime } from '@nexomatic/contracts/sink-protocol';

const python = `def run(ctx):
    """Greets whoever the payload names."""
    name = (ctx.payload or {}).get("name", "world")
    ctx.log.info("greeting", name=name)
    return {"greeting": f"Hello {name}"}
`;
const powershell = `param($Context)
$name = if ($Context.Payload.name) { $Context.Payload.name } else { 'world' }
Write-NexomaticLog 'greeting' -Fields @{ name = $name }
@{ greeting = "Hello $name" }
`;

/** A first module in each language that has one. */
export const sampleModules: Partial<Record<SinkRuntime, { file: string; text: string }>> = {
  PYTHON: { file: 'hello.py', text: python },
  POWERSHELL: { file: 'hello.ps1', text: powershell },
};

/** A place for modules, with one to try. A folder that is there already stays as it is. */
export function makeModulesFolder(config: string, runtime: SinkRuntime): void {
  const folder = path.join(config, 'modules');
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  const sample = sampleModules[runtime];
  if (sample) writeFileSync(path.join(folder, sample.file), sample.text);
}
