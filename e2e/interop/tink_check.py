"""Google's Tink on our bodies: opens what we sealed, seals what we shall open.

Reads one JSON object a line and answers with one:
  {"do": "open", "key": <hex>, "id": …, "body": <path>}                   {"size": …, "sha256": …}
  {"do": "seal", "key": <hex>, "id": …, "plain": <path>, "body": <path>}  {"size": …}
or {"refused": <why>}.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import tink
from tink import cleartext_keyset_handle, streaming_aead
from tink.proto import aes_gcm_hkdf_streaming_pb2, common_pb2, tink_pb2

CHUNK = 1_048_576


def primitive(key: bytes) -> streaming_aead.StreamingAead:
    """AES256_GCM_HKDF_1MB with a raw key, as FORMAT.md section 1 names it."""
    params = aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingParams(
        ciphertext_segment_size=1_048_576, derived_key_size=32, hkdf_hash_type=common_pb2.SHA256
    )
    data = tink_pb2.KeyData(
        type_url="type.googleapis.com/google.crypto.tink.AesGcmHkdfStreamingKey",
        value=aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingKey(
            params=params, key_value=key
        ).SerializeToString(),
        key_material_type=tink_pb2.KeyData.SYMMETRIC,
    )
    entry = tink_pb2.Keyset.Key(
        key_data=data, status=tink_pb2.ENABLED, key_id=1, output_prefix_type=tink_pb2.RAW
    )
    keyset = tink_pb2.Keyset(primary_key_id=1, key=[entry]).SerializeToString()
    handle = cleartext_keyset_handle.read(tink.BinaryKeysetReader(keyset))
    return handle.primitive(streaming_aead.StreamingAead)


def open_body(aead: streaming_aead.StreamingAead, id_: bytes, body: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with body.open("rb") as file, aead.new_decrypting_stream(file, id_) as plain:
        while piece := plain.read(CHUNK):
            digest.update(piece)
            size += len(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def seal(aead: streaming_aead.StreamingAead, id_: bytes, plain: Path, body: Path) -> dict[str, Any]:
    with plain.open("rb") as source, aead.new_encrypting_stream(body.open("wb"), id_) as sealed:
        shutil.copyfileobj(source, sealed, CHUNK)
    return {"size": body.stat().st_size}


def answer(request: dict[str, str]) -> dict[str, Any]:
    aead, id_ = primitive(bytes.fromhex(request["key"])), request["id"].encode()
    try:
        if request["do"] == "open":
            return open_body(aead, id_, Path(request["body"]))
        return seal(aead, id_, Path(request["plain"]), Path(request["body"]))
    except tink.TinkError as error:
        return {"refused": str(error)}


streaming_aead.register()
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
