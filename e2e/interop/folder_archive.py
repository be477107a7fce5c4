"""The shape of a folder's archive: FORMAT.md section 2, Folders. All else is refused before tar sees it."""

import re
from typing import BinaryIO

from envelope_text import is_name, refuse

BLOCK = 512
ZEROS = bytes(BLOCK)
TYPES = {b"0": "file", b"5": "directory", b"x": "pax header"}
PAX_VALUES = {"path": r"(?s:.+)", "size": r"0|[1-9][0-9]{0,15}", "mtime": r"(?!-0\.000)-?(0|[1-9][0-9]{0,12})\.[0-9]{3}"}


def demand(condition: bool, what: str) -> None:
    if not condition:
        refuse(f"the archive of the folder: {what}")


def read_exactly(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    demand(len(data) == length, "it ends early")
    return data


def octal(field: bytes) -> int:
    demand(re.fullmatch(rb"[0-7]+[ \0]+", field) is not None, "a number that is not octal")
    return int(field.rstrip(b" \0"), 8)


def utf8(data: bytes) -> str:
    """What is not UTF-8 becomes unpaired surrogates, which no name may have."""
    return data.decode("utf-8", "surrogateescape")


def text(field: bytes) -> str:
    content, _, rest = field.partition(b"\0")
    demand(not rest.strip(b"\0"), "bytes after the end of a text")
    return utf8(content)


def read_header(block: bytes) -> tuple[str, str, int]:
    """The type, path and size that a ustar header says; owners, links and devices are refused."""
    demand(block[257:265] == b"ustar\x0000", "a header is not POSIX ustar")
    demand(block[156:157] in TYPES, "an entry is neither a file nor a directory")
    demand(octal(block[148:156]) == sum(block[:148]) + 8 * 32 + sum(block[156:]), "a wrong checksum")
    demand(octal(block[100:108]) <= 0o777, "more than permission bits")
    demand(octal(block[108:116]) == octal(block[116:124]) == 0, "an owner")
    demand(not (block[157:257] + block[265:329] + block[500:]).strip(b"\0"), "a link, an owner's name")
    demand(not block[329:345].strip(b"0 \0"), "a device")
    octal(block[136:148])
    prefix, name = text(block[345:500]), text(block[:100])
    return TYPES[block[156:157]], f"{prefix}/{name}" if prefix else name, octal(block[124:136])


def read_pax(data: bytes) -> dict[str, str]:
    """Records of the form `<length> <key>=<value>\\n`."""
    records: dict[str, str] = {}
    while data:
        digits = re.match(rb"([1-9][0-9]{0,4}) ", data)
        record = data[: int(digits[1])] if digits else b""
        found = re.fullmatch(rb"(?s:[0-9]+ ([a-z]+)=(.+)\n)", record)
        demand(digits is not None and len(record) == int(digits[1]), "a pax record of a wrong length")
        demand(found is not None, "a malformed pax record")
        assert found
        key, value = utf8(found[1]), utf8(found[2])
        demand(re.fullmatch(PAX_VALUES.get(key, "(?!)"), value) is not None, "a pax record of another kind")
        demand(key not in records, "a pax record twice")
        records[key] = value
        data = data[len(record) :]
    demand(len(records) > 0, "an empty pax header")
    return records


def check_path(path: str) -> tuple[bytes, ...]:
    components = path.split("/")
    demand(all(map(is_name, components)), "a path that leads elsewhere, or a forbidden name")
    demand(len(path.encode()) <= 4096 and len(components) <= 128, "a path that is too long")
    return tuple(component.encode() for component in components)


def check_archive(file: BinaryIO, size: int) -> None:
    """Refuses an archive of `size` bytes unless every block is as section 2 says."""
    folders: set[tuple[bytes, ...]] = {()}
    last: tuple[bytes, ...] = ()
    records: dict[str, str] = {}
    while (block := read_exactly(file, BLOCK)) != ZEROS:
        kind, path, length = read_header(block)
        if kind == "pax header":
            demand(not records and length <= 8192, "a pax header out of place")
            records = read_pax(read_exactly(file, length))
        else:
            components = check_path(records.get("path", path))
            length = int(records.get("size", length))
            demand(components > last, "a path twice, or out of order")
            demand(components[:-1] in folders, "an entry before its directory")
            demand(kind == "file" or length == 0, "a directory with bytes")
            if kind == "directory":
                folders.add(components)
            last, records = components, {}
            file.seek(length, 1)
        demand(not read_exactly(file, -length % BLOCK).strip(b"\0"), "padding that is not zero")
    demand(not records, "a pax header without its entry")
    demand(read_exactly(file, BLOCK) == ZEROS and file.tell() == size, "it does not end with two zero blocks")
