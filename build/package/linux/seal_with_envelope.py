"""“Seal with Envelope” in the menu of Nautilus, where nautilus-python is installed."""

import locale
import subprocess

from gi.repository import GObject, Nautilus

PROGRAM = "envelope-desktop"
SEALED = (".envelope", ".enc")


def paths_of(files):
    """The files' places on disk, or none if one of them has no place or is sealed already."""
    places = [file.get_location().get_path() for file in files]
    if any(place is None or place.lower().endswith(SEALED) for place in places):
        return []
    return places


class SealWithEnvelope(GObject.GObject, Nautilus.MenuProvider):
    def get_file_items(self, *args):
        # Nautilus 43 and later give only the files, earlier ones the window too.
        places = paths_of(args[-1])
        if not places:
            return []
        language = (locale.getlocale()[0] or "").lower()
        label = "用 Envelope 封存" if language.startswith("zh_cn") else "Seal with Envelope"
        item = Nautilus.MenuItem(name="Envelope::Seal", label=label, icon=PROGRAM)
        item.connect("activate", self.seal, places)
        return [item]

    def get_background_items(self, *_args):
        return []

    def seal(self, _item, places):
        subprocess.Popen([PROGRAM, "--", *places], start_new_session=True)
