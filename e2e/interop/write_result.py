"""Writes what was opened: FORMAT.md section 5, Open. A folder's archive is extracted (see README.md)."""

import os
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from envelope_text import refuse, unix_time
from folder_archive import check_archive


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def set_time(path: Path, milliseconds: int) -> None:
    """In whole nanoseconds: seconds as a float would come out a millisecond early."""
    os.utime(path, ns=(milliseconds * 1_000_000, milliseconds * 1_000_000))


def extract(archive: Path, folder: Path) -> None:
    """By tarfile's filter 'data', which refuses what would leave the folder, with the entries' own modes."""
    mask = umask()

    def safely(member: tarfile.TarInfo, path: str) -> tarfile.TarInfo:
        return tarfile.data_filter(member, path).replace(mode=member.mode & ~mask, deep=False)

    with tarfile.open(archive, "r:") as tar:
        tar.extractall(folder, filter=safely)
        for member in tar:
            set_time(folder / member.name, round(member.mtime * 1000))


def restore(path: Path, content: dict[str, Any]) -> None:
    """Permission bits and time. What the system will not set is left out with a note."""
    try:
        set_time(path, unix_time(content["modified"]) // timedelta(milliseconds=1))
        path.chmod(int(content["mode"], 8) & ~umask())
    except (OSError, OverflowError) as error:
        print(f"note: time or permissions could not be set: {error}", file=sys.stderr)


def write(parts: Iterator[bytes], content: dict[str, Any], out: Path) -> None:
    """Into a private directory beside `out`, which goes away whatever happens; then the final name."""
    with tempfile.TemporaryDirectory(prefix=".opening-", dir=out.parent) as private:
        plain, folder = Path(private, "plain"), Path(private, "folder")
        with open(plain, "x+b") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
            if content["kind"] == "folder":
                file.seek(0)
                check_archive(file, content["size"])
        if content["kind"] == "folder":
            folder.mkdir(mode=0o700)
            extract(plain, folder)
            give_name(folder, out)
            restore(out, content)  # last: a folder that may not be written to cannot be moved
        else:
            restore(plain, content)
            give_name(plain, out)


def give_name(temporary: Path, out: Path) -> None:
    if os.path.lexists(out):
        refuse(f"{out} exists already (--out)")
    temporary.rename(out)
