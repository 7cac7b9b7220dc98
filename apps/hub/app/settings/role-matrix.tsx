import { type Permission, permissionNames, permissions, permissionTable, roles } from '@nexomatic/contracts/permission';
import { Check, Minus } from '../components/icons.ts';
import { roleWords } from '../people/role-words.ts';

const shown: Permission[] = permissionNames.filter((name) =>
  roles.some((role) => permissionTable[role].includes(name)),
);

/** What each role may do: the very table that the hub decides by. */
export function RoleMatrix() {
  return (
    <details className="card role-matrix">
      <summary>What each role may do</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard */}
      <section className="scroll-x" aria-label="Permissions by role" tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Permission</th>
              {roles.map((role) => (
                <th key={role} scope="col" className="text-center">
                  {roleWords[role].word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((permission) => (
              <tr key={permission}>
                <th scope="row">
                  <span className="first-letter:uppercase inline-block">{permissions[permission]}</span>{' '}
                  <code className="text-faint text-xs">{permission}</code>
                </th>
                {roles.map((role) => (
                  <td key={role} className="text-center">
                    <Mark holds={permissionTable[role].includes(permission)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

const Mark = ({ holds }: { holds: boolean }) =>
  holds ? (
    <span className="inline-block text-success">
      <Check size={16} aria-hidden="true" />
      <span className="sr-only">yes</span>
    </span>
  ) : (
    <span className="inline-block text-faint">
      <Minus size={16} aria-hidden="true" />
      <span className="sr-only">no</span>
    </span>
  );
