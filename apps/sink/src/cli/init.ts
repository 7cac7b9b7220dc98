import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SinkRuntime } from '@nexomatic/contracts/sink-protocol';
import { AgentError, exitCodes } from '../agent-error.ts';
import { sampleModules } from './sample-module.ts';
import type { Talk } from './talk.ts';

const readme = (file: string): string => `# Modules

Each file is a module; an action of the hub names it without its ending, \`hello\` for instance.

    nexomatic-sink test hello --data '{"name": "Ada"}' --modules .

runs \`${file}\` as an event would, without a hub. On a sink: \`nexomatic-sink config set modules FOLDER\`.
`;

const projects: Record<string, { runtime: SinkRuntime; files: Record<string, string> }> = {
  python: {
    runtime: 'PYTHON',
    files: {
      'pyproject.toml':
        '[project]\nname = "modules"\nversion = "0.1.0"\nrequires-python = ">=3.9"\ndependencies = []\n\n[tool.ruff]\nline-length = 100\n',
      'test_hello.py':
        'import logging\nimport types\nimport unittest\n\nimport hello\n\n\nclass Log(logging.LoggerAdapter):\n    def info(self, msg, **fields):\n        pass\n\n\nclass HelloTest(unittest.TestCase):\n    def test_greets_whoever_the_payload_names(self):\n        ctx = types.SimpleNamespace(payload={"name": "Ada"}, log=Log(logging.getLogger(), {}))\n        self.assertEqual(hello.run(ctx), {"greeting": "Hello Ada"})\n\n\nif __name__ == "__main__":\n    unittest.main()\n',
      '.gitignore': '__pycache__/\n.venv/\n',
    },
  },
  powershell: {
    runtime: 'POWERSHELL',
    files: {
      'PSScriptAnalyzerSettings.psd1': "@{\n  Severity = @('Error', 'Warning')\n}\n",
    },
  },
};
export const projectKinds = Object.keys(projects);

/** Makes a folder of modules with one to begin with. Writes into no folder that holds something. */
export function init(kind: string, folder: string, talk: Talk): void {
  const project = projects[kind];
  const sample = project && sampleModules[project.runtime];
  if (!project || !sample) {
    throw new AgentError(exitCodes.usage, `there is no project of ${kind}; give one of ${projectKinds.join(', ')}`);
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new AgentError(exitCodes.conflict, `${folder} is not empty; give another folder, or make one`);
  }
  mkdirSync(folder, { recursive: true });
  const files = { [sample.file]: sample.text, 'README.md': readme(sample.file), ...project.files };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  talk.result(`made ${folder}; try it: nexomatic-sink test hello --data '{"name": "Ada"}' --modules ${folder}`, {
    folder: path.resolve(folder),
    files: Object.keys(files),
  });
}
