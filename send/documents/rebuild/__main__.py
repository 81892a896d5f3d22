"""`python -m send.documents.rebuild ORIGINAL ENDING ROOM`: writes the copy and preview into ROOM and one line of JSON."""

import ctypes
import json
import resource
import sys
from importlib import import_module
from pathlib import Path

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 180
BIGGEST_FILE_BYTES = 600 * 1024 * 1024
CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000


def limit_ourselves() -> None:
    """Bound memory, CPU time, file size and open files, and leave the network, before any byte of the file is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (BIGGEST_FILE_BYTES, BIGGEST_FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS: nothing started from here gains rights
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)  # where the kernel lets an ordinary user; elsewhere the host's firewall must


def main(original: str, ending: str, room: str) -> None:
    """Rebuild one file and say what came of it on standard output."""
    limit_ourselves()
    dispatch = import_module("send.documents.rebuild.dispatch")  # after the limits: its large libraries then live within them
    try:
        told = dispatch.rebuild(Path(original), ending, Path(room))
    except dispatch.Refused as refusal:
        told = {"refusal": str(refusal)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
