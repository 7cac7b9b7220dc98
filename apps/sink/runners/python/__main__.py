"""Entry of the Python runner, started by the agent.

`python3 -I -B -X utf8 <this folder> '{"limits": {…}}'` runs one attempt. With `"serve": {…}` in the JSON it becomes a
fork server: a warm interpreter that makes a copy of itself for each attempt (nexomatic_runner/fork_server.py). With
`"inventory": {…}` it prints what there is to run.
"""

import json
import sys


def main():
    settings = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    # Modules see the arguments that a script without any would see.
    del sys.argv[1:]
    if "serve" in settings:
        from nexomatic_runner.fork_server import serve

        serve(settings["serve"], settings.get("limits", {}))
    elif "inventory" in settings:
        from nexomatic_runner.inventory import inventory

        json.dump(inventory(settings["inventory"]["moduleRoots"]), sys.stdout)
    else:
        from nexomatic_runner.limits import apply_limits
        from nexomatic_runner.run_attempt import run_attempt

        apply_limits(settings.get("limits", {}))
        run_attempt({})


if __name__ == "__main__":
    # Found because Python put this folder on the path; modules must not find the runner's files through it.
    import nexomatic_runner  # noqa: F401

    del sys.path[0]
    main()
