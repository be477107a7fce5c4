"""Opens what Envelope sealed, with a recovery key and without Envelope, its makers or a network.

    python3 opener.py FILE.envelope key.txt [FILE.enc]

key.txt: one line, AGE-SECRET-KEY-1... Needed: Python 3, "pip install cryptography", and the
program age (age-encryption.org). The result gets its own name, in this folder; a sealed folder
comes out as a .tar file. Numbers are sections of FORMAT.md, which comes with Envelope.
"""
import base64, hmac, json, os, subprocess, sys
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEGMENT, HEADER = 1048576, 40

def demand(condition, otherwise):
    if not condition:
        sys.exit("not opened: " + otherwise)

def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

def canonical(value):  # 2: JCS
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

def hkdf(algorithm, key, salt, info):
    return HKDF(algorithm, 32, salt, info.encode()).derive(key)

def derive(key, header, what):  # 3
    return hkdf(SHA512(), key, header["id"].encode(), "envelope/1 " + what)

def find_data_key(envelope, stream, identity):  # 4: age unwraps it; 3: the body says if it fits
    said = "it names no age key"
    for entry in [entry for entry in envelope["keys"] if entry["provider"] == "age"]:
        command, wrapped = ["age", "-d", "-i", identity], unbase64(entry["wrapped"])
        age = subprocess.run(command, input=wrapped, capture_output=True)
        salt = derive(age.stdout, envelope["header"], "salt")
        if len(age.stdout) == 32 and hmac.compare_digest(salt, stream[1:33]):
            return age.stdout
        said = age.stderr.decode(errors="replace").strip() or "it opens another file"
    demand(False, "this key does not open it: " + said)

def find_content(envelope, key):  # 3: from here on what the envelope says is verified
    header, content = envelope["header"], envelope["header"]["content"]
    mac = hmac.digest(derive(key, header, "mac"), canonical(header), "sha256")
    demand(hmac.compare_digest(mac, unbase64(envelope["mac"])), "the envelope was altered")
    if "hidden" not in content:
        return content
    hidden, cipher = unbase64(content["hidden"]), AESGCM(derive(key, header, "content"))
    return json.loads(cipher.decrypt(hidden[:12], hidden[12:], None))

def segments(body, stream, key):  # 1: a segment that is not as it was sealed does not decrypt
    count = max(1, -(-os.fstat(body.fileno()).st_size // SEGMENT))
    for i in range(count):
        nonce = stream[33:40] + i.to_bytes(4, "big") + bytes([i == count - 1])
        yield AESGCM(key).decrypt(nonce, body.read(SEGMENT - HEADER * (i == 0)), None)

def main(path, identity, body=None):
    with open(path, encoding="utf-8") as file:
        envelope = json.load(file)
    demand(envelope["format"] == "envelope/1", "a newer version made it")
    stream = unbase64(envelope["header"]["stream"])
    with open(body or path[: -len(".envelope")] + ".enc", "rb") as body:
        demand(body.read(HEADER) == stream, "the .enc file belongs to another envelope")
        key = find_data_key(envelope, stream, identity)
        content = find_content(envelope, key)
        name = content["name"] + (".tar" if content["kind"] == "folder" else "")
        demand(os.path.basename(name) == name not in ("", ".", ".."), "its name leads elsewhere")
        demand(not os.path.lexists(name), name + " exists already")
        file_key = hkdf(SHA256(), key, stream[1:33], envelope["header"]["id"])
        try:
            with open(name + ".partial", "xb") as out:
                size = sum(map(out.write, segments(body, stream, file_key)))
            demand(size == content["size"], "the .enc file was cut short or altered")
            os.rename(name + ".partial", name)
        except (InvalidTag, SystemExit):
            os.remove(name + ".partial")
            sys.exit("not opened: the .enc file was cut short or altered")
    print("opened:", ascii(name))

os.umask(0o077)
main(*sys.argv[1:])
