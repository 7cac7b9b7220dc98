export const platforms = ['linux', 'windows', 'docker', 'kubernetes'] as const;
export type Platform = (typeof platforms)[number];

export interface JoinCommand {
  word: string;
  /** What the machine must have. */
  needs: string;
  code: string;
  /** What to know about it. */
  note: string;
}

/**
 * How a machine joins, for each kind of machine. The agent comes from the hub itself, in the hub's version: nothing but Node is
 * needed there, and no registry.
 */
export function joinCommands({ hubUrl, url }: { hubUrl: string; url: string }): Record<Platform, JoinCommand> {
  const install = `npm install --global ${hubUrl}/download/nexomatic-sink.tgz`;
  return {
    linux: {
      word: 'Linux',
      needs: 'Node 22.12 or newer, and Python 3.9 or newer for Python modules. Run it as root.',
      code: `${install} && nexomatic-sink join ${url} && nexomatic-sink service install`,
      note: 'The agent runs as a systemd service from then on. To try it in the foreground, end with “nexomatic-sink run” instead.',
    },
    windows: {
      word: 'Windows',
      needs: 'Node 22.12 or newer. Run it in a PowerShell of an administrator.',
      code: `${install}; nexomatic-sink join ${url}; nexomatic-sink run`,
      note: 'The agent runs for as long as the window is open; “nexomatic-sink service install --dry-run” prints the definition of a service.',
    },
    docker: {
      word: 'Docker',
      needs: 'Docker, and an address of the hub that containers reach.',
      code: `docker run --detach --init --name nexomatic-sink --restart on-failure --volume nexomatic-sink:/data --env NEXOMATIC_CONFIG_DIR=/data --env NEXOMATIC_JOIN=${url} node:24-bookworm sh -c '${install} && exec nexomatic-sink run'`,
      note: 'The volume keeps the identity: the container may be made anew, and stays the sink that it was. Modules lie in /data/modules.',
    },
    kubernetes: {
      word: 'Kubernetes',
      needs: 'A cluster whose pods reach the hub. For more than one replica make a token for as many sinks.',
      code: manifest(url, install),
      note: 'Apply it with “kubectl apply -f -”. Each replica keeps its identity in a volume of its own.',
    },
  };
}

/** A container that keeps nothing: the token says who it is. */
export const standingTokenCommand = ({ hubUrl, token }: { hubUrl: string; token: string }): string =>
  `docker run --detach --init --restart on-failure --read-only --tmpfs /tmp:exec --env NEXOMATIC_STATE_DIR=/tmp/state --env NEXOMATIC_HUB_URL=${hubUrl} --env NEXOMATIC_SINK_TOKEN=${token} --volume "$PWD/modules:/modules:ro" --env NEXOMATIC_MODULES=/modules --env npm_config_cache=/tmp/npm node:24-bookworm sh -c 'npm exec --yes --package=${hubUrl}/download/nexomatic-sink.tgz -- nexomatic-sink run'`;

const manifest = (url: string, install: string): string => `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: nexomatic-sink
spec:
  serviceName: nexomatic-sink
  replicas: 1
  selector: { matchLabels: { app: nexomatic-sink } }
  template:
    metadata: { labels: { app: nexomatic-sink } }
    spec:
      terminationGracePeriodSeconds: 80
      containers:
        - name: sink
          image: node:24-bookworm
          command: [sh, -c, "${install} && exec nexomatic-sink run"]
          env:
            - { name: NEXOMATIC_CONFIG_DIR, value: /data }
            - { name: NEXOMATIC_JOIN, value: "${url}" }
          volumeMounts: [{ name: data, mountPath: /data }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        resources: { requests: { storage: 1Gi } }`;
