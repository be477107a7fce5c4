"""A disk that reads badly: what is in one folder, shown at another (FUSE, read only; Linux, root, nothing to install).

Of what lies below a folder of this name, large files
    fails   cannot be read from the middle on
    gone    cannot either: the disk is not there any more
    ends    have nothing from the middle on, though they are said to be longer
and all files
    short   give less than was asked for, at each read
    hangs   never answer when they are read, until the program that asks is ended
    asleep  the same when they are opened
Everything else reads as it is. usage: bad_disk.py FOLDER MOUNTED
"""

import ctypes
import errno
import os
import stat
import struct
import sys

LOOKUP, FORGET, GETATTR, OPEN, READ, STATFS, RELEASE, FLUSH, INIT, OPENDIR, READDIR, RELEASEDIR = (
    1, 2, 3, 14, 15, 17, 18, 25, 26, 27, 28, 29,
)
ACCESS, INTERRUPT, DESTROY, BATCH_FORGET = 34, 36, 38, 42
MS_RDONLY = 1
DIRECT_IO = 1  # no page cache: what a read gives is what the program gets
LARGE = 100_000
AT_MOST = 30_001

backing, mounted = sys.argv[1:]
paths = {1: backing}
numbers = {backing: 1}


def number_of(path):
    if path not in numbers:
        numbers[path] = len(numbers) + 1
        paths[numbers[path]] = path
    return numbers[path]


def attributes(path):
    of = os.lstat(path)
    times = [of.st_atime_ns, of.st_mtime_ns, of.st_ctime_ns]
    return struct.pack(
        "<6Q10I",
        *(number_of(path), of.st_size, of.st_blocks),
        *(time // 10**9 for time in times),
        *(time % 10**9 for time in times),
        *(of.st_mode, of.st_nlink, of.st_uid, of.st_gid, 0, 4096, 0),
    )


def inside(way, path):
    return way in os.path.relpath(path, backing).split(os.sep)[:-1]


def read(path, offset, size):
    file_size = os.path.getsize(path)
    ways = os.path.relpath(path, backing).split(os.sep)[:-1]
    middle = file_size // 2 if file_size > LARGE else file_size
    if {"fails", "gone", "ends"} & set(ways):
        size = min(size, max(middle - offset, 0)) if file_size > LARGE else size
    if offset >= middle and file_size > LARGE:
        if "fails" in ways:
            raise OSError(errno.EIO, "the disk fails")
        if "gone" in ways:
            raise OSError(errno.ENODEV, "the disk is gone")
    if "short" in ways:
        size = min(size, AT_MOST if size > 2000 else 7)
    with open(path, "rb") as file:
        file.seek(offset)
        return file.read(size)


def listing(path, offset, size):
    out = b""
    names = [".", "..", *sorted(os.listdir(path))]
    for index, name in enumerate(names[offset:], offset + 1):
        of = path if name in (".", "..") else os.path.join(path, name)
        encoded = os.fsencode(name)
        kind = stat.S_IFMT(os.lstat(of).st_mode) >> 12
        entry = struct.pack("<QQII", number_of(of), index, len(encoded), kind) + encoded
        entry += bytes(-len(entry) % 8)
        if len(out) + len(entry) > size:
            break
        out += entry
    return out


def answer(opcode, node, body):
    """What the kernel gets; None where it wants nothing."""
    path = paths.get(node)
    if opcode in (FORGET, BATCH_FORGET):
        return None
    if opcode == READ and inside("hangs", path) or opcode == OPEN and inside("asleep", path):
        print("hung", flush=True)
        return None
    if opcode == INIT:
        return struct.pack("<4I2H2I2HI28x", 7, 31, 131072, 0, 12, 9, 131072, 1, 32, 0, 0)
    if opcode == LOOKUP:
        found = os.path.join(path, os.fsdecode(body.rstrip(b"\0")))
        of = attributes(found)
        return struct.pack("<4Q2I", number_of(found), 0, 1, 1, 0, 0) + of
    if opcode == GETATTR:
        return struct.pack("<Q2I", 1, 0, 0) + attributes(path)
    if opcode == OPEN:
        return struct.pack("<Q2I", 0, DIRECT_IO, 0)
    if opcode == OPENDIR:
        return struct.pack("<Q2I", 0, 0, 0)
    if opcode in (READ, READDIR):
        _, offset, size = struct.unpack_from("<QQI", body)
        return (read if opcode == READ else listing)(path, offset, size)
    if opcode == STATFS:
        return struct.pack("<5Q4I24x", 1000, 0, 0, 1000, 0, 4096, 255, 4096, 0)
    if opcode in (RELEASE, RELEASEDIR, FLUSH, ACCESS, DESTROY):
        return b""
    raise OSError(errno.ENOSYS, "not done by this disk")


def main():
    fuse = os.open("/dev/fuse", os.O_RDWR)
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"fd={fuse},rootmode=40000,user_id=0,group_id=0,max_read=131072,default_permissions"
    if libc.mount(b"bad-disk", os.fsencode(mounted), b"fuse", MS_RDONLY, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), "it could not be mounted")
    print("mounted", flush=True)
    while True:
        try:
            request = os.read(fuse, 1 << 20)
        except OSError as error:
            if error.errno == errno.ENODEV:  # unmounted
                return
            if error.errno in (errno.EINTR, errno.ENOENT):
                continue
            raise
        _, opcode, unique, node = struct.unpack_from("<IIQQ", request)
        if opcode == INTERRUPT:  # whoever waits for that answer is ended
            (waited_for,) = struct.unpack_from("<Q", request, 40)
            os.write(fuse, struct.pack("<IiQ", 16, -errno.EINTR, waited_for))
            continue
        try:
            code, data = 0, answer(opcode, node, request[40:])
        except OSError as error:
            code, data = -error.errno, b""
        if data is not None:
            os.write(fuse, struct.pack("<IiQ", 16 + len(data), code, unique) + data)


main()
