"""Reads an envelope by FORMAT.md section 2: canonical text, and exactly the members of version 1."""

import base64
import contextlib
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

MAX_BYTES, MAX_DEPTH, MAX_INTEGER = 1_048_576, 8, 2**53 - 1
ID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
LABEL = r"(?i:(?!aws:|aws-crypto-|envelope))[A-Za-z0-9][A-Za-z0-9 _.:/=+@-]{0,127}"
LABEL_VALUE = r"(?! )[ -~]{1,384}(?<! )"
OFFENDING = r"[\0-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


class Refused(Exception):
    """Says why nothing is opened."""


def refuse(why: str) -> NoReturn:
    raise Refused(why)


def demand(condition: bool, what: str) -> None:
    if not condition:
        refuse(f"not a valid envelope: {what}")


def demand_known(value: Any, known: tuple[str, ...], what: str) -> None:
    if isinstance(value, str) and value not in known:
        refuse(f"made by a newer version: an unknown {what}")
    demand(isinstance(value, str), f"the {what}")


def jcs(value: Any) -> bytes:
    """RFC 8785. All member names are ASCII here, so code points sort as UTF-16 code units do."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def unbase64(text: Any) -> bytes:
    is_string(text, r"[A-Za-z0-9_-]*", "base64url")
    demand(len(text) % 4 != 1, "base64url of an impossible length")
    data = base64.urlsafe_b64decode(text + "==")
    demand(base64.urlsafe_b64encode(data).rstrip(b"=") == text.encode(), "base64url has spare bits")
    return data


def read_canonical(data: bytes) -> Any:
    """JSON whose text, white space apart, is what serialising its value gives."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        demand("__proto__" not in dict(pairs), "a member named __proto__")
        return dict(pairs)  # of two members with one name the last stays: the texts will differ

    def no_number(_: str) -> NoReturn:
        refuse("not a valid envelope: a number that is not a plain integer")

    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=members, parse_float=no_number, parse_constant=no_number)
        again = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        again.encode("utf-8")  # fails for an unpaired surrogate
        demand(depth(value) <= MAX_DEPTH, "nested too deep")
    except (ValueError, RecursionError) as error:
        raise Refused(f"not a valid envelope: {error}") from None
    bare = re.sub(r'("(?:[^"\\]|\\.)*")|[ \t\r\n]+', lambda match: match[1] or "", text)
    demand(bare == again, "a member twice, or an unusual spelling")
    return value


def depth(value: Any) -> int:
    if isinstance(value, int):
        demand(0 <= value <= MAX_INTEGER, "a number out of range")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, (dict, list)) + max(map(depth, inner), default=0)


def is_object(value: Any, *names: str) -> None:
    demand(isinstance(value, dict) and sorted(value) == sorted(names), f"not exactly {', '.join(names)}")


def is_string(value: Any, pattern: str, what: str) -> None:
    demand(isinstance(value, str) and re.fullmatch(pattern, value) is not None, what)


def is_name(name: Any) -> bool:
    possible = isinstance(name, str) and re.search(OFFENDING, name) is None
    return possible and name not in ("", ".", "..") and len(name.encode()) <= 255


def unix_time(text: Any) -> timedelta:
    """Time since 1970. Python has no year 0, so the years are counted in one calendar cycle: 400 years."""
    is_string(text, r"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\.[0-9]{3}Z", "a time")
    cycles, year = divmod(int(text[:4]), 400)
    try:
        moment = datetime.strptime(f"{2000 + year}{text[4:]}", "%Y-%m-%dT%H:%M:%S.%f%z")
    except ValueError:
        refuse(f"not a valid envelope: no such time as {text}")
    return moment - datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=146097 * (cycles - 5))


def check_content(content: Any) -> None:
    if isinstance(content, dict) and "hidden" in content:
        is_object(content, "hidden")
        demand(len(unbase64(content["hidden"])) == 12 + 1024 + 16, "hidden content")
    else:
        check_file_content(content)


def check_file_content(content: Any) -> None:
    if isinstance(content, dict) and "kind" in content:  # a newer kind may have other members
        demand_known(content["kind"], ("file", "folder"), "kind")
    is_object(content, "kind", "name", "size", "modified", "mode")
    demand(is_name(content["name"]), "the name")
    demand(type(content["size"]) is int, "the size")
    unix_time(content["modified"])
    is_string(content["mode"], "0[0-7]{3}", "the mode")


def judge_format(data: bytes) -> None:
    """First of all: what a newer version means by the rest, even how it writes numbers, is unknown."""
    with contextlib.suppress(ValueError, RecursionError):  # read_canonical will say it better
        value = json.loads(data.decode("utf-8"))
        if isinstance(value, dict) and "format" in value:
            demand_known(value["format"], ("envelope/1",), "format")


def read_envelope(data: bytes) -> dict[str, Any]:
    demand(len(data) <= MAX_BYTES, "larger than 1 MiB")
    judge_format(data)
    envelope: dict[str, Any] = read_canonical(data)
    is_object(envelope, "format", "header", "mac", "keys")
    header, keys = envelope["header"], envelope["keys"]
    is_object(header, "id", "created", "cipher", "stream", "content", "context")
    is_string(header["id"], ID, "the id")
    unix_time(header["created"])
    demand_known(header["cipher"], ("AES256_GCM_HKDF_1MB",), "cipher")
    demand(re.fullmatch(rb"(?s:\x28.{39})", unbase64(header["stream"])) is not None, "the stream header")
    check_content(header["content"])
    context = header["context"]
    demand(isinstance(context, dict) and len(context) <= 6, "the labels")
    demand(len({label.lower() for label in context}) == len(context), "two labels that differ in case only")
    for label, value in context.items():
        is_string(label, LABEL, "a label")
        is_string(value, LABEL_VALUE, "a label's value")
    demand(len(unbase64(envelope["mac"])) == 32, "the mac")
    demand(isinstance(keys, list) and 1 <= len(keys) <= 32, "the list of keys")
    demand(all(isinstance(key, dict) and isinstance(key.get("provider"), str) for key in keys), "a key")
    return envelope
