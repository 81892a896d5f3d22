"""The first command: from a clone to a working service on this machine. Standard library only.

Nothing is asked and nothing but python3 and make is needed; what is done already is not done again.
"""

import time

import progress
import setup

STEPS = (
    ("Make or update the database", ["migrate", "-v0"]),
    ("Load the reference data", ["load_reference"]),
    ("Make the demonstration cast, their cases and the simulated ones", ["seed_demo"]),
    ("Compute the dashboards", ["refresh_dashboards"]),
    ("Gather the static files", ["collectstatic", "--noinput", "-v0", "--ignore", "*.scss"]),
)


def main() -> None:
    """Set up, prepare, serve until Control-C."""
    started = time.monotonic()
    setup.set_up()
    for name, command in STEPS:
        with progress.step(name):
            progress.run(setup.PYTHON, "manage.py", *command)
    print(f"Ready after {time.monotonic() - started:.0f} s.", flush=True)
    progress.replace(setup.PYTHON, "manage.py", "run_service")


if __name__ == "__main__":
    main()
