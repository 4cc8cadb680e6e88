"""Import a source: convert it, merge it into the profiles that are there, and write everything at the end."""

import difflib
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from guidegen.content import checks
from guidegen.content.fields.table import PARTNER
from guidegen.content.partners import build_partner
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.content.yaml.writer import format_yaml
from guidegen.editing.field_texts import sort_keys
from guidegen.editing.imports.account import Account
from guidegen.editing.imports.import_plan import Choices, ImportPlan, shorten
from guidegen.editing.imports.joining import Source
from guidegen.editing.imports.mapping import ColumnMapping
from guidegen.editing.imports.merging import Merger, drop_unfinished, keep_keys
from guidegen.editing.imports.organizations import ConvertedProfile, convert_organization, explain_rest
from guidegen.editing.imports.own_part import drop_unknown_partners, format_translation
from guidegen.editing.imports.profile_tree import Tree, list_trees, to_mapping, to_tree
from guidegen.editing.imports.rules import make_rules
from guidegen.editing.profile_files import create_content, update_content
from guidegen.files.atomic_files import write_file_durably
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.phone_numbers import dialed_digits
from guidegen.model.problems import GuidegenError, Problem, Severity, has_errors

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
    planner.skip_wrong_together()
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
        self.taken = set(guide.slugs)
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
        for value in profile.record.list_values():
            value.outcome = None
            value.refuse(f"the record is skipped: {reason}")

    def _create(self, profile: ConvertedProfile) -> None:
        base = profile.slug if re.fullmatch("[a-z0-9-]{1,60}", profile.slug) else urls.slug(profile.name)[:60].strip("-")
        if base in self.guide.slugs and not self._is_imported(base):
            self.plan.existing.append(base)
            for value in profile.record.list_values():
                value.outcome = None
                value.refuse("the record is skipped: a profile of that name exists")
            return
        slug = self._make_slug(base, profile.tree)
        if self._write(profile, slug, profile.tree, profile.whole, None):
            self.taken.add(slug)
            self.plan.added.append(slug)
            if profile.tree.get("status") == "draft":
                self.plan.drafts.append(slug)
            self._find_duplicate(slug, profile)
            self._add_translations(slug, profile)

    def _add_translations(self, slug: str, profile: ConvertedProfile) -> None:
        """Plan the translation files of a profile that guidegen itself wrote, in the languages of this guide."""
        for tag, texts in profile.translations.items():
            path = PARTNERS / f"{slug}.{tag}.yml"
            node = format_translation(texts) if tag in self.guide.settings.languages[1:] else None
            if node and not (self.root / path).exists():
                self.plan.files[path] = create_content(node)

    def _is_imported(self, slug: str) -> bool:
        partner = self._find_partner(slug)
        return bool(partner and partner.taken_from)

    def _find_partner(self, slug: str) -> Partner | None:
        return next((partner for partner in self.guide.partners if partner.slug == slug), None)

    def _make_slug(self, base: str, tree: Tree) -> str:
        """Return a new slug. Organizations of the same name are told apart by their town, or else by a number."""
        towns = [location.get("address") for location in list_trees(tree.get("locations"))]
        town = next((str(address["city"]) for address in towns if isinstance(address, dict) and address.get("city")), "")
        candidates = [base, f"{base[:40]}-{urls.slug(town)}"[:60].strip("-")] if town else [base]
        free = next((slug for slug in candidates if slug not in self.taken), "")
        number = 2
        while not free:
            numbered = f"{candidates[-1][:55]}-{number}"
            free, number = (numbered if numbered not in self.taken else ""), number + 1
        return free

    def _find_duplicate(self, slug: str, profile: ConvertedProfile) -> None:
        """List a profile of another directory that has the same phone and nearly the same name."""
        for phone in list_trees(profile.tree.get("phones")):
            other = self.by_phone.get(dialed_digits(str(phone["number"]), self.guide.settings.region))
            if other and difflib.SequenceMatcher(None, other.name.casefold(), profile.name.casefold()).ratio() >= _SIMILAR_NAMES:
                self.plan.duplicates.append((slug, other.slug))
                return

    def _update(self, profile: ConvertedProfile, slug: str) -> None:
        """Merge a profile into the one that is there."""
        path = self.root / PARTNERS / f"{slug}.yml"
        node, problems = compose(path.read_text(encoding="utf-8-sig"), PARTNERS / path.name)
        ours = to_tree(node) if isinstance(node, MappingNode) else None
        if problems or not isinstance(ours, dict):
            self._skip(profile, profile.name, f"{PARTNERS / path.name} has mistakes; fix it first:  guidegen check")
            return
        origin = ours.get("source")
        if isinstance(origin, dict):
            ours["source"] = {key: value for key, value in origin.items() if key != "gone"}
        merger = Merger(self.choices.keeps_ours)
        before = self._read_base(profile.id)
        merged, base = merger.merge(before, ours, keep_keys(before, profile.whole))
        merged = drop_unfinished(merged)
        self.plan.conflicts += [(slug, conflict) for conflict in merger.conflicts]
        is_changed = len(self.plan.files)
        if self._write(profile, slug, merged, base, path.read_bytes()):
            has_file = any(name.parent == PARTNERS for name in list(self.plan.files)[is_changed:])
            (self.plan.changed if has_file else self.plan.unchanged).append(slug)

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
            fault = self._find_fault(path, content, profile)
        except GuidegenError as error:
            fault = str(error)
        if fault:
            self._skip(profile, profile.name, fault)
            return False
        text = json.dumps({"id": profile.id, "profile": base}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        planned = {path: content, self._base_path(profile.id): text.encode()}
        for name, planned_content in planned.items():
            if not (self.root / name).is_file() or (self.root / name).read_bytes() != planned_content:
                self.plan.files[name] = planned_content
        return True

    def _find_fault(self, path: PurePosixPath, content: bytes, profile: ConvertedProfile) -> str:
        """Return the first error that a check of the profile would report; empty if there is none."""
        node, problems = compose(content.decode("utf-8-sig"), path)
        if not isinstance(node, MappingNode):
            return problems[0].message if problems else "it is empty"
        partner, found = build_partner(path, node, {}, self.guide.settings)
        problems += found
        settings = self.guide.settings
        if partner and partner.status == "draft":
            return ""
        if partner:
            self.planned[partner.slug] = profile, partner
            problems += checks.check_partner(
                partner, settings.languages, settings.region, settings.fictional, has_errors(problems)
            )
        errors: list[Problem] = [problem for problem in problems if problem.severity is Severity.ERROR]
        return f"{errors[0].message} (it would be line {errors[0].line} of {path})" if errors else ""

    def skip_wrong_together(self) -> None:
        """Skip each new profile that contradicts another, such as two towns for the same address."""
        partners = {partner.slug: partner for partner in self.guide.partners}
        partners |= {slug: partner for slug, (_, partner) in self.planned.items()}
        guide = replace(self.guide, partners=tuple(partners.values()), slugs=self.guide.slugs | partners.keys())
        known = frozenset(checks.check_guide(self.guide))
        for problem in checks.check_guide(guide):
            slug = problem.path.stem
            if problem.severity is Severity.ERROR and problem not in known and slug in self.plan.added:
                profile, _ = self.planned[slug]
                self._skip(profile, profile.name, f"{problem.message} (it would be line {problem.line} of {problem.path})")
                self.plan.added.remove(slug)
                for path in (PARTNERS / f"{slug}.yml", self._base_path(profile.id)):
                    self.plan.files.pop(path, None)

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
            node, problems = compose(raw.decode("utf-8-sig"), path)
            tree = to_tree(node) if isinstance(node, MappingNode) and not problems else None
            origin = tree.get("source") if isinstance(tree, dict) else None
            if isinstance(tree, dict) and isinstance(origin, dict) and "gone" not in origin:
                marked = to_mapping({**tree, "source": {**origin, "gone": self.today.isoformat()}})
                self.plan.files[path] = update_content(raw, marked)
                self.plan.gone.append(slug)


def _format_unfinished(services: Sequence[Tree]) -> str:
    """Return services whose kind of help is not known as comments, for a person to complete."""
    if not services:
        return ""
    lines = format_yaml(to_mapping({"services": list(services)})).splitlines()
    return _UNFINISHED + "".join(f"# {line}\n" for line in lines)
