"""Layers of a PDF: content that is shown or not, as the document was saved (ISO 32000-1, 8.11)."""

from typing import Any

from pikepdf import Array, Dictionary, Name

KINDS = ("/OCG", "/OCMD")
# What says which layers are shown; not who made them, nor how else they might be shown.
KEPT = ("/BaseState", "/ON", "/OFF", "/AS", "/Order", "/RBGroups")


def is_layer(thing: Any) -> bool:
    return isinstance(thing, Dictionary) and str(thing.get("/Type", "")) in KINDS


def only(properties: Any) -> Any:
    """Return the named properties of a page's content that show: layers, and text in place of a drawing's."""
    kept = {}
    for name, value in properties.items():
        if is_layer(value):
            kept[name] = value
        elif isinstance(value, Dictionary) and value.get("/ActualText") is not None:
            kept[name] = Dictionary(ActualText=value["/ActualText"])
    return Dictionary(kept)


def shown(root: Any) -> Any:
    """Return a document's layers and which of them are shown, or None where it has none."""
    given = root.get("/OCProperties")
    if not isinstance(given, Dictionary) or not isinstance(given.get("/OCGs"), Array):
        return None
    default = given.get("/D", Dictionary())
    kept = {key: default[key] for key in KEPT if default.get(key) is not None}
    groups = Array([group for group in given["/OCGs"] if is_layer(group)])
    return Dictionary(OCGs=groups, D=Dictionary(kept))


def some_are_off(properties: Any) -> bool:
    off = properties["/D"].get("/OFF")
    return properties["/D"].get("/BaseState") == Name.OFF or (isinstance(off, Array) and bool(len(off)))


def hidden(root: Any) -> list[tuple[int, int]]:
    """Return the numbers of the layers that are off when the document opens."""
    given = shown(root)
    if given is None:
        return []
    off = given["/D"].get("/OFF")
    return [layer.objgen for layer in off if is_layer(layer)] if isinstance(off, Array) else []
