"""Entry of the Python runner: `python3 -I -B -X utf8 <this folder>`, started by the agent once per attempt."""

import sys

from nexomatic_runner.run_attempt import run_attempt

if __name__ == "__main__":
    # Python put this folder on the path because it was told to run it; modules must not find the runner's files there.
    del sys.path[0]
    run_attempt()
