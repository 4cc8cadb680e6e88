"""Restore profiles from open data that guidegen itself wrote: what nobody has edited comes back as it was."""

from collections.abc import Collection, Mapping, Sequence

from guidegen.content.fields.table import PARTNER
from guidegen.content.yaml.parser import MappingNode, ScalarNode
from guidegen.editing.field_texts import build_record, sort_keys
from guidegen.editing.imports.profile_tree import Tree, to_mapping, to_node, to_tree
from guidegen.editing.imports.source import SourceRecord

_SAME = "the profile says the same"


def restore_profile(tree: Tree, services: Sequence[Tree], organization: SourceRecord) -> tuple[Tree, list[Tree]]:
    """Return a profile and its services in their own terms, as far as the source has them.

    ``tree`` and ``services`` are what their HSDS parts say. Where somebody edited such a part, it wins.
    """
    restored = [
        _restore(service, record, ("key", "at")) for service, record in zip(services, organization.below("service"), strict=True)
    ]
    if organization.own is None:
        return tree, restored
    profile = _restore(tree, organization, ())
    if not organization.own.is_intact:
        _restore_location_keys(profile, organization)
    listed = organization.own.content.get("services")
    order = [str(key) for key in listed] if isinstance(listed, list) else []
    restored.sort(key=lambda service: order.index(str(service["key"])) if service["key"] in order else len(order))
    return {**profile, "source": tree["source"]}, restored


def drop_unknown_partners(profile: Tree, known: Collection[str]) -> None:
    """Remove references to partners that neither the guide nor the source has: open data leaves some out."""
    for key in ("part_of", "replaced_by"):
        if key in profile and profile[key] not in known:
            del profile[key]
    partnership = profile.get("partnership")
    refers = partnership.get("refers") if isinstance(partnership, dict) else None
    for key in ("to", "from") if isinstance(refers, dict) else ():
        if isinstance(refers, dict) and isinstance(slugs := refers.get(key), list):
            refers[key] = [slug for slug in slugs if slug in known]


def _restore(said: Tree, record: SourceRecord, kept: Sequence[str]) -> Tree:
    """Return a part of a profile in its own terms. ``kept`` are keys that an edited HSDS part cannot change."""
    own = _read_own(record)
    if not own or record.own is None:
        return said
    if record.own.is_intact:
        for value in record.list_values():
            value.carry(_SAME)
        return own
    return {**own, **{key: value for key, value in said.items() if value and key not in kept}}


def _read_own(record: SourceRecord) -> Tree:
    value = to_tree(to_node(record.own.get("profile"))) if record.own else None
    return value if isinstance(value, dict) else {}


def _restore_location_keys(profile: Tree, organization: SourceRecord) -> None:
    """Give locations of an edited record their own keys, which the services name, if there are as many as before."""
    own, said = _read_own(organization).get("locations"), profile.get("locations")
    if isinstance(own, list) and isinstance(said, list) and len(own) == len(said):
        profile["locations"] = [{**before, **after, "key": before["key"]} for before, after in zip(own, said, strict=True)]
    elif isinstance(own, list):
        profile["locations"] = own


def collect_translations(organization: SourceRecord) -> dict[str, Tree]:
    """Return the translations of a profile by language and dotted field, each with its text, translator and source hash."""
    collected: dict[str, Tree] = {}
    holders = [
        ("", organization),
        *((f"services.{_read_own(record).get('key')}.", record) for record in organization.below("service")),
    ]
    for prefix, record in holders:
        for tag, texts in (record.own.get("translations") if record.own else {}).items():
            for name, entry in (texts if isinstance(texts, dict) else {}).items():
                collected.setdefault(tag, {})[f"{prefix}{name}"] = entry
    return collected


def format_translation(texts: Mapping[str, object]) -> MappingNode | None:
    """Return the content of a translation file; None if no text fits the profile's fields."""
    entries = {name: entry for name, entry in texts.items() if isinstance(entry, dict) and isinstance(entry.get("text"), str)}
    nodes = [
        (tuple(name.split(".")), ScalarNode(entry["text"], 1, 1, plain=False, block="|" if "\n" in entry["text"] else ""))
        for name, entry in entries.items()
    ]
    if not nodes:
        return None
    refused: list[str] = []
    record = build_record(nodes, PARTNER, lambda _node, message, _hint: refused.append(message))
    by = next((entry["by"] for entry in entries.values() if entry.get("by")), "")
    versions = {name: entry["translated_from"] for name, entry in entries.items() if entry.get("translated_from")}
    rest: Tree = {**({"translation": {"by": by}} if by else {}), **({"translated_from": versions} if versions else {})}
    return None if refused else MappingNode((*sort_keys(record, PARTNER).pairs, *to_mapping(rest).pairs), 1, 1)
