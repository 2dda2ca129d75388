"""What a disk says that is full or may not be written, in words that name the remedy. No disk is touched here."""

import errno
import os
from pathlib import Path

FULL = (*map(os.strerror, (errno.ENOSPC, errno.EDQUOT)), "disk is full", "disk I/O error")
CLOSED = (
    *map(os.strerror, (errno.EACCES, errno.EPERM, errno.EROFS)),
    "readonly database",
    "unable to open database file",
)
NO_FOLDER = tuple(map(os.strerror, (errno.EEXIST, errno.ENOTDIR)))


def remedy(error: BaseException, folder: Path, variable: str) -> str | None:
    """What hinders and what to do about it, for an error of writing below a folder that an environment variable names.

    None for an error of another kind. Libraries hand on the system's words, not its numbers, so these are looked for.
    """
    said = str(error).partition("\n")[0]
    if any(words in said for words in FULL):
        return (
            f"no room left on the disk of {folder}: make room there (`breach-ledger tidy` removes old snapshots) or "
            f"set {variable} to a folder on another disk, then run again: it goes on where this stopped ({said})"
        )
    if any(words in said for words in CLOSED):
        return f"{folder} cannot be written: give this user the right to, or set {variable} to another folder ({said})"
    if any(words in said for words in NO_FOLDER):
        return f"{folder} cannot be a folder: move the file that is there, or set {variable} to another ({said})"
    return None
