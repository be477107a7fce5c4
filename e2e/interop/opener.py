#!/usr/bin/env python3
"""Opens what Envelope sealed, without Envelope. Written from FORMAT.md alone.

    python opener.py report.pdf.envelope --key-file master.txt

The steps are those of FORMAT.md section 3, "Opening, in this order". Nothing gets its name before
everything was verified. Python cannot overwrite its bytes: use a computer that you trust.
"""

import argparse
import hmac
import os
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

import envelope_text
from envelope_text import Refused, refuse, unbase64
from unwrap_key import derive, hkdf, unwrap_data_key
from write_result import write

SEGMENT, TAG, HEADER = 1_048_576, 16, 40


def open_regular(path: Path) -> BinaryIO:
    if not path.is_file():  # asked first: opening a named pipe would wait for ever
        refuse(f"{path} is not a file")
    return open(path, "rb")


def find_body(envelope: Path, stream: bytes, given: Path | None) -> BinaryIO:
    """Section 2, Names on disk: by its first 40 bytes. No path is ever read from an envelope."""
    beside = [envelope.with_suffix(".enc"), *sorted(envelope.parent.glob("*.enc"))]
    for path in [given] if given else filter(Path.is_file, beside):
        body = open_regular(path)
        if body.read(HEADER) == stream:
            return body
        body.close()
    refuse("this envelope belongs to another file: no body beside it begins as it says (--body)")


def plaintext_length(length: int) -> int:
    """Section 1: what a body of `length` bytes holds."""
    count = -(-length // SEGMENT)
    if length < HEADER + TAG or (count > 1 and length - (count - 1) * SEGMENT <= TAG) or count > 2**31:
        refuse("the body was cut short: no body has this length")
    return length - HEADER - TAG * count


def check_size(size: int, length: int) -> None:
    if size != plaintext_length(length):
        refuse("the body was cut short" if plaintext_length(length) < size else "the body was altered")


def reveal(hidden: bytes, data_key: bytes, envelope_id: str) -> dict[str, Any]:
    """Section 2, Hidden content: JCS and spaces, 1024 bytes together."""
    try:
        padded = AESGCM(derive(data_key, envelope_id, "content")).decrypt(hidden[:12], hidden[12:], None)
    except InvalidTag:
        refuse("not a valid envelope: its hidden content does not decrypt")
    content = envelope_text.read_canonical(padded.rstrip(b" "))
    envelope_text.check_file_content(content)
    if padded != envelope_text.jcs(content).ljust(1024):
        refuse("not a valid envelope: its hidden content is not written as section 2 says")
    return dict(content)


def segments(body: BinaryIO, length: int, stream: bytes, file_key: bytes) -> Iterator[bytes]:
    """Section 1: the plaintext of each segment, verified."""
    cipher, count = AESGCM(file_key), -(-length // SEGMENT)
    body.seek(HEADER)
    for i in range(count):
        end = min((i + 1) * SEGMENT, length)
        nonce = stream[33:] + i.to_bytes(4, "big") + bytes([i == count - 1])
        try:
            yield cipher.decrypt(nonce, body.read(end - body.tell()), None)
        except InvalidTag:
            refuse(f"the body was altered at byte {i * SEGMENT}")
    if body.read(1):
        refuse("the body has grown while it was read")


def open_pair(options: argparse.Namespace) -> Path:
    with open_regular(options.envelope) as file:  # 1. parse
        envelope = envelope_text.read_envelope(file.read(envelope_text.MAX_BYTES + 1))
    header, mac = envelope["header"], unbase64(envelope["mac"])
    stream, content = unbase64(header["stream"]), header["content"]
    with find_body(options.envelope, stream, options.body) as body:  # 2. the body, and its length
        length = os.fstat(body.fileno()).st_size
        plaintext_length(length)
        if "hidden" not in content:
            check_size(content["size"], length)
        data_key = unwrap_data_key(envelope, options)  # 3. entries: unwrap, 32 bytes, commitment
        mac_key = derive(data_key, header["id"], "mac")  # 4. the MAC
        if not hmac.compare_digest(hmac.digest(mac_key, envelope_text.jcs(header), "sha256"), mac):
            refuse("the envelope was altered: its MAC does not fit")
        if "hidden" in content:  # 5. hidden content, then its size
            content = reveal(unbase64(content["hidden"]), data_key, header["id"])
            check_size(content["size"], length)
        file_key = hkdf(SHA256(), data_key, stream[1:33], header["id"])  # 6. segments
        out = options.out or Path(content["name"])
        write(segments(body, length, stream, file_key), content, out)
    return Path(out)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Opens what Envelope sealed, from FORMAT.md alone.")
    parser.add_argument("envelope", type=Path, help="the .envelope file; its body lies beside it")
    parser.add_argument("--body", type=Path, help="the .enc file, if it lies elsewhere")
    parser.add_argument("--key-file", type=Path, action="append", default=[], help="a local key's master")
    parser.add_argument("--identity", type=Path, action="append", default=[], help="an age identity file")
    parser.add_argument(
        "--account", action="append", default=[], help="an AWS account whose KMS may be asked"
    )
    parser.add_argument("--endpoint", help="another address of the KMS")
    parser.add_argument("--out", type=Path, help="the result's path (default: its own name, in this folder)")
    try:
        print(f"opened: {str(open_pair(parser.parse_args(arguments)))!r}")
    except (Refused, OSError, tarfile.TarError) as error:
        sys.exit(f"not opened: {error}")


if __name__ == "__main__":
    main()
