"""Import a source: convert it, merge it into the profiles that are there, and write everything at the end."""

import difflib
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from guidegen.content.fields.table import PARTNER
from guidegen.content.yaml.writer import format_yaml
from guidegen.editing.field_texts import sort_keys
from guidegen.editing.imports.account import Account
from guidegen.editing.imports.import_plan import Choices, ImportPlan, shorten
from guidegen.editing.imports.joining import Source
from guidegen.editing.imports.mapping import ColumnMapping
from guidegen.editing.imports.merging import Merger, drop_unfinished, keep_keys
from guidegen.editing.imports.names import make_unique
from guidegen.editing.imports.organizations import ConvertedProfile, convert_organization, explain_rest
from guidegen.editing.imports.own_part import drop_unknown_partners, format_translation
from guidegen.editing.imports.profile_checks import check_profile, describe_error, find_contradictions
from guidegen.editing.imports.profile_tree import Tree, list_trees, parse_yaml, to_mapping
from guidegen.editing.imports.rules import make_rules
from guidegen.editing.profile_files import create_content, update_content
from guidegen.files.atomic_files import write_file_durably
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.phone_numbers import dialed_digits
from guidegen.model.problems import GuidegenError
from guidegen.model.renames import collect_renames

PARTNERS = PurePosixPath("content/partners")
IMPORTED = PurePosixPath("content/imported")
_MAX_GONE = 0.2
"""The share of a directory's records that may be gone. If more are, the source is most likely incomplete."""
_SIMILAR_NAMES = 0.8
_UNFINISHED = """\
# The kind of help is not known yet. Write its id from content/services.yml between the brackets of  types: []
# and remove the signs # below. If there is a line  status: draft  above, remove it then.
"""


def plan_import(source: Source, mapping: ColumnMapping, guide: Guide, root: Path, today: date, choices: Choices) -> ImportPlan:
    """Return what an import would do. Nothing is written.

    Raises ``GuidegenError`` if more records are gone than can be right.
    """
    rules = make_rules(guide, mapping, today, source)
    profiles = [convert_organization(organization, rules) for organization in source.organizations]
    known = guide.slugs | {profile.slug for profile in profiles}
    for profile in profiles:
        drop_unknown_partners(profile.tree, known)
        if not (root / "content" / str(profile.tree.get("logo", ""))).is_file():
            profile.tree.pop("logo", None)
    planner = _Planner(guide, root, mapping.dataset, today, choices)
    for profile in profiles:
        planner.add(profile)
    planner.mark_gone({profile.id for profile in profiles})
    planner.skip_contradictions()
    planner.add_translations()
    explain_rest(source)
    planner.plan.account = Account(source.values)
    return planner.plan


def write_plan(plan: ImportPlan, root: Path) -> None:
    """Write the files. What the import said is written after its profile, so that an interrupted import can be repeated."""
    for path, content in plan.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        write_file_durably(root / path, content)


class _Planner:
    """Plans the files of an import, one profile after the other."""

    def __init__(self, guide: Guide, root: Path, dataset: str, today: date, choices: Choices) -> None:
        self.guide = guide
        self.root = root
        self.dataset = dataset
        self.today = today
        self.choices = choices
        self.plan = ImportPlan(Account(()))
        self.folder = IMPORTED / (urls.slug(dataset) or "import")
        self.slugs = {
            partner.taken_from.id: partner.slug
            for partner in guide.partners
            if partner.taken_from and partner.taken_from.dataset == dataset and partner.taken_from.id
        }
        self.taken = set(guide.slugs) | set(collect_renames(guide).partners)
        self.planned: dict[str, tuple[ConvertedProfile, Partner]] = {}
        self.seen = Counter[str]()
        self.by_phone = {
            dialed_digits(phone.number, guide.settings.region): partner
            for partner in guide.partners
            for phone in partner.phones
            if not partner.taken_from or partner.taken_from.dataset != dataset
        }

    def add(self, profile: ConvertedProfile) -> None:
        """Plan the files of a profile, or say why there are none."""
        self.seen[profile.id] += 1
        if not profile.name:
            self._skip(profile, f"{profile.record.file}, row {profile.record.row}", "it has no name")
        elif self.seen[profile.id] > 1:
            self._skip(profile, profile.name, f"another record has the same id, {profile.id}")
        elif profile.id in self.slugs:
            self._update(profile, self.slugs[profile.id])
        else:
            self._create(profile)

    def _skip(self, profile: ConvertedProfile, name: str, reason: str) -> None:
        self.plan.skipped.append((name, reason))
        profile.record.refuse_all(f"the record is skipped: {reason}")

    def _create(self, profile: ConvertedProfile) -> None:
        base = profile.slug if re.fullmatch("[a-z0-9-]{1,60}", profile.slug) else urls.slug(profile.name)[:60].strip("-")
        if base in self.guide.slugs and not self._is_imported(base):
            self.plan.existing.append(base)
            profile.record.refuse_all("the record is skipped: a profile of that name exists")
            return
        slug = self._make_slug(base, profile.tree)
        if self._write(profile, slug, profile.tree, profile.whole, None):
            self.plan.added.append(slug)
            if profile.tree.get("status") == "draft":
                self.plan.drafts.append(slug)
            self._find_duplicate(slug, profile)

    def _is_imported(self, slug: str) -> bool:
        partner = self._find_partner(slug)
        return bool(partner and partner.taken_from)

    def _find_partner(self, slug: str) -> Partner | None:
        return next((partner for partner in self.guide.partners if partner.slug == slug), None)

    def _make_slug(self, base: str, tree: Tree) -> str:
        """Return a new slug. Organizations of the same name are told apart by their town, or else by a number."""
        towns = [location.get("address") for location in list_trees(tree.get("locations"))]
        town = next((str(address["city"]) for address in towns if isinstance(address, dict) and address.get("city")), "")
        if base in self.taken and town:
            base = f"{base[:40]}-{urls.slug(town)}"[:60].strip("-")
        return make_unique(base, self.taken)

    def _find_duplicate(self, slug: str, profile: ConvertedProfile) -> None:
        """List a profile of another directory that has the same phone and nearly the same name."""
        for phone in list_trees(profile.tree.get("phones")):
            other = self.by_phone.get(dialed_digits(str(phone["number"]), self.guide.settings.region))
            if other and difflib.SequenceMatcher(None, other.name.casefold(), profile.name.casefold()).ratio() >= _SIMILAR_NAMES:
                self.plan.duplicates.append((slug, other.slug))
                return

    def _update(self, profile: ConvertedProfile, slug: str) -> None:
        """Merge a profile into the one that is there."""
        raw = (self.root / PARTNERS / f"{slug}.yml").read_bytes()
        ours = parse_yaml(raw)
        if not ours:
            self._skip(profile, profile.name, f"{PARTNERS / slug}.yml has mistakes; fix it first:  guidegen check")
            return
        origin = ours.get("source")
        if isinstance(origin, dict):
            ours["source"] = {key: value for key, value in origin.items() if key != "gone"}
        merger = Merger(self.choices.keeps_ours)
        before = self._read_base(profile.id)
        merged, base = merger.merge(before, ours, keep_keys(before, profile.whole))
        merged = drop_unfinished(merged)
        self.plan.conflicts += [(slug, conflict) for conflict in merger.conflicts]
        if self._write(profile, slug, merged, base, raw):
            is_changed = PARTNERS / f"{slug}.yml" in self.plan.files
            (self.plan.changed if is_changed else self.plan.unchanged).append(slug)

    def _base_path(self, identity: str) -> PurePosixPath:
        name = re.sub(r"[^A-Za-z0-9_-]", "-", identity)[:60]
        unique = "" if name == identity else f".{hashlib.sha256(identity.encode()).hexdigest()[:8]}"
        return self.folder / f"{name}{unique}.json"

    def _read_base(self, identity: str) -> Tree:
        """Return what the last import said of a record; nothing if that is not known."""
        try:
            value = json.loads((self.root / self._base_path(identity)).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        base = value.get("profile") if isinstance(value, dict) else None
        return base if isinstance(base, dict) else {}

    def _write(self, profile: ConvertedProfile, slug: str, tree: Tree, base: Tree, before: bytes | None) -> bool:
        """Plan the files of a profile. Return whether the profile is right; a wrong one is skipped."""
        node = to_mapping(tree)
        path = PARTNERS / f"{slug}.yml"
        ordered = sort_keys(node, PARTNER)
        try:
            if before is None:
                content = create_content(ordered) + _format_unfinished(profile.unfinished).encode()
            else:
                content = update_content(before, ordered)
            partner, fault = check_profile(path, content, self.guide)
        except GuidegenError as error:
            partner, fault = None, str(error)
        if fault or not partner:
            self._skip(profile, profile.name, fault)
            return False
        self.planned[slug] = profile, partner
        text = json.dumps({"id": profile.id, "profile": base}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        planned = {path: content, self._base_path(profile.id): text.encode()}
        for name, planned_content in planned.items():
            if not (self.root / name).is_file() or (self.root / name).read_bytes() != planned_content:
                self.plan.files[name] = planned_content
        return True

    def skip_contradictions(self) -> None:
        """Skip each profile that is wrong beside others; one that is there already stays as it is."""
        partners = {slug: partner for slug, (_, partner) in self.planned.items()}
        for slug, error in find_contradictions(self.guide, partners).items():
            profile, _ = self.planned.pop(slug)
            self._skip(profile, profile.name, describe_error(error))
            self.plan.conflicts = [entry for entry in self.plan.conflicts if entry[0] != slug]
            self.plan.duplicates = [entry for entry in self.plan.duplicates if entry[0] != slug]
            for slugs in (self.plan.added, self.plan.drafts, self.plan.changed, self.plan.unchanged):
                if slug in slugs:
                    slugs.remove(slug)
            for path in (PARTNERS / f"{slug}.yml", self._base_path(profile.id)):
                self.plan.files.pop(path, None)

    def add_translations(self) -> None:
        """Plan the translation files of new profiles that guidegen itself wrote, in the languages of this guide."""
        for slug in self.plan.added:
            for tag, texts in self.planned[slug][0].translations.items():
                path = PARTNERS / f"{slug}.{tag}.yml"
                node = format_translation(texts) if tag in self.guide.settings.languages[1:] else None
                if node and not (self.root / path).exists():
                    self.plan.files[path] = create_content(node)

    def mark_gone(self, ids: set[str]) -> None:
        """Mark the profiles of the directory whose record is no longer in the source."""
        gone = {identity: slug for identity, slug in self.slugs.items() if identity not in ids}
        if len(gone) > _MAX_GONE * len(self.slugs) and not self.choices.accepts_gone and len(gone) > 1:
            raise GuidegenError(
                f"{len(gone)} of {len(self.slugs)} records of '{self.dataset}' are no longer in the source, "
                f"such as {shorten(sorted(gone.values()))}; nothing was written. "
                "If that is right, run the command again with  --accept-gone"
            )
        for slug in gone.values():
            path = PARTNERS / f"{slug}.yml"
            raw = (self.root / path).read_bytes()
            tree = parse_yaml(raw)
            origin = tree.get("source")
            if isinstance(origin, dict) and "gone" not in origin:
                marked = to_mapping({**tree, "source": {**origin, "gone": self.today.isoformat()}})
                self.plan.files[path] = update_content(raw, marked)
                self.plan.gone.append(slug)


def _format_unfinished(services: Sequence[Tree]) -> str:
    """Return services whose kind of help is not known as comments, for a person to complete."""
    if not services:
        return ""
    lines = format_yaml(to_mapping({"services": list(services)})).splitlines()
    return _UNFINISHED + "".join(f"# {line}\n" for line in lines)
