"""The folder outside the database that keeps checkpoints and the keys that signed them. Only ever appended to."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder


def folder() -> Path:
    """Where checkpoints are kept; in service, a place that the database's administrator cannot write."""
    settings.CHECKPOINT_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.CHECKPOINT_DIR


def lines(name: str) -> list[str]:
    """The lines of one of its files, oldest first; none if it is not there."""
    path = folder() / name
    return path.read_text().splitlines() if path.exists() else []


def kept() -> list[dict]:
    """The checkpoints kept outside, oldest first."""
    return [json.loads(line) for line in lines("checkpoints")]


def keep(statements: list[dict]) -> None:
    """Append checkpoints and see them safely on the disk."""
    with (folder() / "checkpoints").open("a") as file:
        for statement in statements:
            file.write(json.dumps(statement, cls=DjangoJSONEncoder, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
