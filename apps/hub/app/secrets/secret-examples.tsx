import { CodeBlock } from '../components/code-block.tsx';

const python = `def run(ctx):
    token = ctx.secret("token")`;

const powershell = `param($Context)
$token = $Context.Secret('token')`;

/** How a module gets at a secret. */
export const SecretExamples = ({ name = 'it' }: { name?: string }) => (
  <div className="secret-examples">
    <p className="text-muted text-sm">
      Give an event type or an action a parameter of kind <em>Secret</em> that names {name}. The module reads it by the
      key of the parameter, here <code>token</code>:
    </p>
    <div className="secret-example">
      <h3>Python</h3>
      <CodeBlock code={python} label="the Python example" />
    </div>
    <div className="secret-example">
      <h3>PowerShell</h3>
      <CodeBlock code={powershell} label="the PowerShell example" />
    </div>
  </div>
);
