"""The last step of the container image: static files gathered, every module compiled. Standard library only."""

import secrets
import tempfile

import progress
import setup


def main() -> None:
    """Gather the static files under settings that hold nothing of a real service."""
    with tempfile.TemporaryDirectory() as folder, progress.step("Gather the static files"):
        nobody = {"VAR_DIR": folder, "SECRET_KEY": secrets.token_urlsafe(64)}
        progress.run(setup.PYTHON, "manage.py", "collectstatic", "--noinput", "-v0", "--ignore", "*.scss", env=nobody)
    with progress.step("Compile the modules"):
        progress.run(setup.PYTHON, "-m", "compileall", "-q", "send", "standards", "ehcp", "dashboards")


if __name__ == "__main__":
    main()
