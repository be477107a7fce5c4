"""Unwraps the data key: FORMAT.md section 4, one function for each provider."""

import argparse
import hmac
import json
import subprocess
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512, HashAlgorithm
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from envelope_text import Refused, is_object, is_string, jcs, refuse, unbase64

KEY_NAMES = {
    "aws-kms": r"arn:aws[a-z-]{0,16}:kms:[a-z]+(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:key/[A-Za-z0-9-]{1,64}",
    "local": r"local:[A-Za-z0-9_-]{22}",
    "age": r"age1[02-9ac-hj-np-z]{58}",
}
WRAPPED_BYTES = {"aws-kms": (1, 6144), "local": (80, 80), "age": (1, 1024)}


def hkdf(algorithm: HashAlgorithm, ikm: bytes, salt: bytes, info: str, length: int = 32) -> bytes:
    return HKDF(algorithm, length, salt, info.encode()).derive(ikm)


def derive(data_key: bytes, envelope_id: str, what: str) -> bytes:
    """Section 3: PRK = HKDF-Extract(SHA-512, salt = id, ikm = K), then HKDF-Expand(PRK, info, 32)."""
    return hkdf(SHA512(), data_key, envelope_id.encode(), f"envelope/1 {what}")


def read_master(path: Path) -> bytes:
    """A local key's 32 bytes, from what `age -d` makes of a backup, or as base64url alone."""
    content = path.read_text("utf-8").strip()
    return unbase64(json.loads(content)["master"] if content.startswith("{") else content)


def unwrap_local(key: str, wrapped: bytes, context: bytes, options: argparse.Namespace) -> bytes:
    for path in options.key_file:
        master = read_master(path)
        if unbase64(key.removeprefix("local:")) == hkdf(SHA512(), master, b"", "envelope/1 local id", 16):
            wrap_key = hkdf(SHA512(), master, wrapped[:32], "envelope/1 local wrap")
            return AESGCM(wrap_key).decrypt(bytes(12), wrapped[32:], context)
    refuse("none of the given key files is this key (--key-file)")


def unwrap_age(key: str, wrapped: bytes, context: bytes, options: argparse.Namespace) -> bytes:
    if not options.identity:
        refuse("no identity was given (--identity)")
    if not wrapped.startswith(b"age-encryption.org/v1\n"):
        refuse("not a binary age file")  # age itself takes armoured ones too
    identities = [argument for path in options.identity for argument in ("-i", str(path))]
    done = subprocess.run(["age", "-d", *identities], input=wrapped, capture_output=True, check=False)
    if done.returncode != 0:
        refuse(done.stderr.decode("utf-8", "replace").strip().replace("\n", "; "))
    return done.stdout


def unwrap_aws_kms(key: str, wrapped: bytes, context: bytes, options: argparse.Namespace) -> bytes:
    _, partition, _, region, account, _ = key.split(":")
    if f"{partition}:{account}" not in options.account:
        refuse(f"an envelope does not decide whom we call: allow it by --account {partition}:{account}")
    import boto3  # only here: nobody needs it to open with another key

    kms: Any = boto3.client("kms", region_name=region, endpoint_url=options.endpoint)
    answer = kms.decrypt(KeyId=key, CiphertextBlob=wrapped, EncryptionContext=json.loads(context))
    if answer["KeyId"] != key:
        refuse("the KMS answered for another key")
    return bytes(answer["Plaintext"])


UNWRAP = {"local": unwrap_local, "age": unwrap_age, "aws-kms": unwrap_aws_kms}


def is_damaged(entry: dict[str, Any]) -> bool:
    """Whether an entry of a known provider is malformed: it is skipped, and others may open."""
    try:
        is_object(entry, "provider", "key", "wrapped")
        is_string(entry["key"], KEY_NAMES[entry["provider"]], "the key's name")
        least, most = WRAPPED_BYTES[entry["provider"]]
        return not least <= len(unbase64(entry["wrapped"])) <= most
    except Refused:
        return True


def unwrap_entry(entry: dict[str, Any], header: dict[str, Any], options: argparse.Namespace) -> bytes:
    if entry["provider"] not in UNWRAP:
        refuse("a provider of a newer version")
    if is_damaged(entry):
        refuse("damaged")
    context = jcs({**header["context"], "envelope-id": header["id"]})
    unwrap = UNWRAP[entry["provider"]]
    try:
        data_key = unwrap(entry["key"], unbase64(entry["wrapped"]), context, options)
    except InvalidTag:
        refuse("this key does not open it")
    if len(data_key) != 32:
        refuse("what it opens to is not 32 bytes")
    commitment = unbase64(header["stream"])[1:33]
    if not hmac.compare_digest(derive(data_key, header["id"], "salt"), commitment):
        refuse("it opens to the data key of another body")
    return data_key


def unwrap_data_key(envelope: dict[str, Any], options: argparse.Namespace) -> bytes:
    """Section 3, step 3: every entry, those that need no network first. K has passed the commitment."""
    notes = []
    for entry in sorted(envelope["keys"], key=lambda entry: entry["provider"] == "aws-kms"):
        try:
            return unwrap_entry(entry, envelope["header"], options)
        except Exception as error:  # whatever goes wrong with one entry, the next is tried
            notes.append(f"\n  {entry['provider'][:40]!r} {str(entry.get('key'))[:100]!r}: {error}")
    refuse("no key opens this envelope" + "".join(notes))
