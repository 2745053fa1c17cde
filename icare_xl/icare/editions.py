"""What changed between two editions of a template."""

from __future__ import annotations

from dataclasses import dataclass

from icare_xl.icare.recognise import match_columns
from icare_xl.model.addresses import letters
from icare_xl.model.template import Field, Template
from icare_xl.model.text import Text


@dataclass(frozen=True, slots=True)
class ListChange:
    """Values that a field's list has gained and lost, by their exact texts."""

    field: Field
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Fields of the new edition, but for `removed`; `renamed` is (old, new), `moved` (field, old column, new column)."""

    added: tuple[Field, ...]
    removed: tuple[Field, ...]
    moved: tuple[tuple[Field, int, int], ...]
    renamed: tuple[tuple[Field, Field], ...]
    mandatory: tuple[Field, ...]
    lists: tuple[ListChange, ...]

    @property
    def any(self) -> bool:
        return any((self.added, self.removed, self.moved, self.renamed, self.mandatory, self.lists))


def compare(old: Template, new: Template) -> Changes:
    """Fields are the same where their ids are; a column has moved where its order among the others differs."""
    before = {field.id: field for field in old.fields}
    after = {field.id: field for field in new.fields}
    both = [(before[id_], field) for id_, field in after.items() if id_ in before]
    common_before = [id_ for id_ in old.ids if id_ in after]
    common_after = [id_ for id_ in new.ids if id_ in before]
    moved = [id_ for _, id_ in match_columns(common_before, common_after).moved]
    return Changes(
        added=tuple(field for id_, field in after.items() if id_ not in before),
        removed=tuple(field for id_, field in before.items() if id_ not in after),
        moved=tuple((after[id_], old.ids.index(id_), new.ids.index(id_)) for id_ in moved),
        renamed=tuple((one, other) for one, other in both if one.label != other.label),
        mandatory=tuple(other for one, other in both if one.required != other.required),
        lists=tuple(change for one, other in both if (change := _list_change(one, other)).added or change.removed),
    )


def _list_change(one: Field, other: Field) -> ListChange:
    old = one.allowed.values if one.allowed else ()
    new = other.allowed.values if other.allowed else ()
    known, kept = set(old), set(new)
    return ListChange(
        other, tuple(value for value in new if value not in known), tuple(value for value in old if value not in kept)
    )


def lines(old: Template, new: Template, changes: Changes) -> list[Text]:
    """What a person reads: one sentence at the top, then one line a change."""
    said = [_headline(old, new, changes)]
    said += [_ADDED.format(id=field.id, label=field.label) for field in changes.added]
    said += [_REMOVED.format(id=field.id, label=field.label) for field in changes.removed]
    said += [
        _MOVED.format(label=field.label, id=field.id, before=letters(before), after=letters(after))
        for field, before, after in changes.moved
    ]
    said += [_RENAMED.format(id=one.id, before=one.label, after=other.label) for one, other in changes.renamed]
    said += [
        (_MANDATORY if field.required else _OPTIONAL).format(label=field.label, id=field.id)
        for field in changes.mandatory
    ]
    for change in changes.lists:
        words = {"label": change.field.label, "id": change.field.id}
        said += [_GAINED.format(value=value, **words) for value in change.added]
        said += [_LOST.format(value=value, **words) for value in change.removed]
    return said


def _headline(old: Template, new: Template, changes: Changes) -> Text:
    versions = {"before": old.version or "?", "after": new.version or "?"}
    if not changes.any:
        return (_SAME if old.version == new.version else _SAME_COLUMNS).format(**versions)
    newer = old.service == new.service and old.version != new.version
    counts = {
        name: len(getattr(changes, name)) for name in ("added", "removed", "moved", "renamed", "mandatory", "lists")
    }
    return Text("{what} {counts}", "{what} {counts}").format(
        what=(_NEW_EDITION if newer else _DIFFERENT).format(**versions), counts=_COUNTS.format(**counts)
    )


_SAME = Text("Both are the same edition (version {after}).", "Il s’agit de la même édition (version {after}).")
_SAME_COLUMNS = Text(
    "Version {before} and version {after} have the same columns and lists.",
    "La version {before} et la version {after} ont les mêmes colonnes et les mêmes listes.",
)
_NEW_EDITION = Text(
    "This is a new edition (version {after} instead of {before}):",
    "C’est une nouvelle édition (version {after} au lieu de {before}) :",
)
_DIFFERENT = Text("The two templates differ:", "Les deux modèles diffèrent :")
_COUNTS = Text(
    "columns added {added}, removed {removed}, moved {moved}, renamed {renamed}, "
    "now mandatory or no longer so {mandatory}; lists changed {lists}.",
    "colonnes ajoutées {added}, retirées {removed}, déplacées {moved}, renommées {renamed}, "
    "devenues obligatoires ou facultatives {mandatory}; listes modifiées {lists}.",
)
_ADDED = Text("Added: “{label}” ({id}).", "Ajoutée : « {label} » ({id}).")
_REMOVED = Text("Removed: “{label}” ({id}).", "Retirée : « {label} » ({id}).")
_MOVED = Text(
    "Moved: “{label}” ({id}), from {before} to {after}.", "Déplacée : « {label} » ({id}), de {before} à {after}."
)
_RENAMED = Text("Renamed: “{before}” ({id}) is now “{after}”.", "Renommée : « {before} » ({id}) devient « {after} ».")
_MANDATORY = Text("Now mandatory: “{label}” ({id}).", "Désormais obligatoire : « {label} » ({id}).")
_OPTIONAL = Text("No longer mandatory: “{label}” ({id}).", "N’est plus obligatoire : « {label} » ({id}).")
_GAINED = Text("List of “{label}” ({id}): “{value}” is new.", "Liste « {label} » ({id}) : « {value} » s’y ajoute.")
_LOST = Text("List of “{label}” ({id}): “{value}” is gone.", "Liste « {label} » ({id}) : « {value} » n’y est plus.")
