from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import IntegrityError, ValidationError
from pipeline.publish import Diff, Edition, diff, write_package
from pipeline.publish.changes import KINDS, LEVELS, ROWS
from tests.publish.small import edition, field, link, package, table

Rows = dict[tuple[str, ...], dict[str, str | None]]

COLUMNS = ("id", "name", field("height", "integer"))
LAMPS: list[list[str | None]] = [["a", "North", "1"], ["b", "South", "2"], ["c", None, "3"]]
KEEPERS: list[list[str | None]] = [["k1", "a"], ["k2", "b"], ["k3", None]]


def lamps(fields: Any = COLUMNS, rows: Any = LAMPS, **more: Any) -> Any:
    return table(fields, rows, **more)


def keepers(rows: Any = KEEPERS, **more: Any) -> Any:
    return table(["id", "lamp_id"], rows, foreignKeys=[link("lamp_id", "lamps")], **more)


def between(old: dict[str, Any], new: dict[str, Any]) -> Diff:
    return diff(edition(**old), edition("0.2.0", **new))


def kinds(found: Diff) -> list[tuple[str, str, str | None, str | None]]:
    return [(change.kind, change.level, change.table, change.column) for change in found.changes]


def limited(**constraints: Any) -> Any:
    return lamps(("id", "name", field("height", "integer", constraints=constraints)))


# The schema, column by column

SCHEMA: list[tuple[Any, Any]] = [
    (lamps(("id", "name"), [row[:2] for row in LAMPS]), [("field_removed", "major", "lamps", "height")]),
    (lamps(("id", "name", field("height", "integer"), "lit"), [[*row, "x"] for row in LAMPS]), [("field_added", "major", "lamps", "lit")]),
    (lamps(("id", field("height", "integer"), "name"), [[row[0], row[2], row[1]] for row in LAMPS]), [("fields_reordered", "major", "lamps", None)]),
    (lamps(("id", "title", field("height", "integer"))), [("field_renamed", "major", "lamps", "title")]),
    (lamps(("code", "name", field("height", "integer")), key=["code"]), [("field_renamed", "major", "lamps", "code")]),
    (lamps(("id", "name", field("height", "number"))), [("type_changed", "major", "lamps", "height")]),
    (lamps(("id", "name", field("height", "integer", unit="m"))), [("unit_changed", "major", "lamps", "height")]),
    (lamps(("id", "name", field("height", "integer", title="Height"))), [("description_changed", "patch", "lamps", "height")]),
    (lamps(key=["id", "height"]), [("primary_key_changed", "major", "lamps", None)]),
    (limited(required=True), [("constraint_tightened", "major", "lamps", "height")]),
    (limited(minimum=1), [("constraint_tightened", "major", "lamps", "height")]),
    (limited(maximum=9), [("constraint_tightened", "major", "lamps", "height")]),
    (limited(pattern="^.$"), [("constraint_tightened", "major", "lamps", "height")]),
    (limited(enum=[1, 2, 3]), [("constraint_tightened", "major", "lamps", "height")]),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "told"), SCHEMA, ids=lambda value: value[0][0] if isinstance(value, list) else "")
def test_a_change_of_the_schema_is_one_line_both_ways(changed: Any, told: Any) -> None:
    plain = {"lamps": lamps()}
    assert kinds(between(plain, {"lamps": changed})) == told
    back = kinds(between({"lamps": changed}, plain))
    assert len(back) == 1
    opposite = {"field_removed": "field_added", "field_added": "field_removed", "constraint_tightened": "constraint_loosened"}
    assert back[0][0] == opposite.get(told[0][0], told[0][0])


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ({"minimum": 1}, {"minimum": 0}, "constraint_loosened"),
        ({"minimum": 0}, {"minimum": 1}, "constraint_tightened"),
        ({"maximum": 1}, {"maximum": 0}, "constraint_tightened"),
        ({"maximum": 0}, {"maximum": 1}, "constraint_loosened"),
        ({"pattern": "^a$"}, {"pattern": "^b$"}, "constraint_tightened"),
        ({"enum": ["1", "2"]}, {"enum": ["2"]}, "constraint_tightened"),
        ({"enum": ["1", "2"]}, {"enum": ["3", "2", "1"]}, "constraint_loosened"),
        ({"unique": True}, {}, "constraint_loosened"),
    ],
)
def test_more_restrictive_is_major_and_less_is_minor(old: Any, new: Any, kind: str) -> None:
    found = between({"lamps": limited(**old)}, {"lamps": limited(**new)})
    assert [(change.kind, change.level) for change in found.changes] == [(kind, KINDS[kind][0])]


def test_codes_that_come_and_go_are_named() -> None:
    found = between({"lamps": limited(enum=["a", "b"])}, {"lamps": limited(enum=["b", "c", "d"])})
    assert [(change.kind, change.old, change.new) for change in found.changes] == [
        ("constraint_tightened", "codes a", None), ("constraint_loosened", None, "codes c, d"),
    ]  # fmt: skip


def test_the_order_of_codes_is_no_change() -> None:
    assert between({"lamps": limited(enum=["a", "b"])}, {"lamps": limited(enum=["b", "a"])}).changes == ()


def test_tables_texts_and_the_name_of_the_package() -> None:
    old = {"lamps": lamps(), "ports": lamps(rows=[]), "texts": {"d/a": "x", "d/b": "y"}}
    new = {"lamps": lamps(), "keepers": keepers(), "texts": {"d/a": "z", "d/c": "y"}, "name": "lights"}
    assert {(change.kind, change.level, change.table or change.key) for change in between(old, new).changes} == {
        ("package_renamed", "major", None), ("table_removed", "major", "ports"), ("table_added", "minor", "keepers"),
        ("text_changed", "patch", "text/d/a.txt"), ("text_removed", "major", "text/d/b.txt"), ("text_added", "minor", "text/d/c.txt"),
    }  # fmt: skip


def test_a_table_of_the_same_columns_and_keys_is_renamed() -> None:
    found = between({"lamps": lamps(), "keepers": keepers()}, {"lights": lamps(rows=LAMPS[:2]), "keepers": keepers()})
    assert [(change.kind, change.old, change.new) for change in found.schema if change.kind.startswith("table")] == [
        ("table_renamed", "lamps", "lights")
    ]
    assert [(change.kind, change.table, change.key) for change in found.changes[-1:]] == [("row_removed", "lights", "c")]
    others = lamps(rows=[["x", "y", "1"]])
    assert {change.kind for change in between({"lamps": lamps()}, {"lights": others}).changes} == {"table_removed", "table_added"}


def test_a_column_of_other_values_is_not_renamed() -> None:
    found = between(
        {"lamps": lamps()},
        {"lamps": lamps(("id", "title", field("height", "integer")), [["a", "x", "1"], ["b", "y", "2"], ["c", "z", "3"]])},
    )
    assert {change.kind for change in found.changes} == {"field_removed", "field_added"}


def test_values_of_a_renamed_column_are_told_under_its_new_name() -> None:
    many: list[list[str | None]] = [[f"l{number}", f"name {number}"] for number in range(20)]
    changed: list[list[str | None]] = [["l0", "other"], *many[1:]]
    found = between({"lamps": table(["id", "name"], many)}, {"lamps": table(["id", "title"], changed)})
    assert [(change.kind, change.key, change.column, change.old, change.new) for change in found.changes] == [
        ("field_renamed", None, "title", "name", "title"), ("value_changed", "l0", "title", "name 0", "other"),
    ]  # fmt: skip


def test_foreign_keys_come_and_go() -> None:
    bound = {"lamps": lamps(), "keepers": keepers()}
    loose = {"lamps": lamps(), "keepers": table(["id", "lamp_id"], KEEPERS)}
    assert [(change.kind, change.level, change.old) for change in between(bound, loose).changes] == [
        ("foreign_key_removed", "major", "lamps(id)")
    ]
    assert [(change.kind, change.level, change.new) for change in between(loose, bound).changes] == [
        ("foreign_key_added", "minor", "lamps(id)")
    ]


def test_a_foreign_key_that_goes_with_its_column_or_follows_its_table_is_no_change_of_its_own() -> None:
    bound = {"lamps": lamps(), "keepers": keepers()}
    without = between(bound, {"lamps": lamps(), "keepers": table(["id"], [row[:1] for row in KEEPERS])})
    assert [change.kind for change in without.changes] == ["field_removed"]
    moved = table(["id", "lamp_id"], KEEPERS, foreignKeys=[link("lamp_id", "lights")])
    assert [change.kind for change in between(bound, {"lights": lamps(), "keepers": moved}).changes] == ["table_renamed"]


# Rows


def test_rows_are_told_by_key_with_old_and_new_values() -> None:
    new = [["d", "East", "4"], ["b", "South", "20"], ["c", "West", None]]
    found = between({"lamps": lamps()}, {"lamps": lamps(rows=new)})
    assert [(change.kind, change.level, change.key, change.column, change.old, change.new) for change in found.changes] == [
        ("row_removed", "patch", "a", None, '{"name":"North","height":"1"}', None),
        ("value_changed", "patch", "b", "height", "2", "20"),
        ("value_changed", "patch", "c", "name", None, "West"),
        ("value_changed", "patch", "c", "height", "3", None),
        ("row_added", "minor", "d", None, None, '{"name":"East","height":"4"}'),
    ]
    assert str(found.rows["lamps"]) == "1 added, 1 removed, 2 changed"
    assert found.rows["lamps"].values == 3


def test_a_key_of_several_columns_is_an_array() -> None:
    old, new = ([["a", "1", value], ["a:1", "2", "x"]] for value in ("x", "y"))
    found = between({"t": table(["a", "b", "v"], old, ("a", "b"))}, {"t": table(["a", "b", "v"], new, ("a", "b"))})
    assert [(change.key, change.old, change.new) for change in found.changes] == [('["a","1"]', "x", "y")]


def test_the_order_of_rows_is_no_change() -> None:
    assert between({"lamps": lamps()}, {"lamps": lamps(rows=LAMPS[::-1])}).changes == ()


def test_rows_without_a_key_are_counted() -> None:
    old, new = [["x"], ["x"], ["y"]], [["x"], ["y"], ["y"]]
    found = between({"t": table(["v"], old, ())}, {"t": table(["v"], new, ())})
    assert [(change.kind, change.key) for change in found.changes] == [("row_removed", "x"), ("row_added", "y")]


def test_tables_that_share_no_column_share_no_row() -> None:
    found = between({"t": table(["a"], [["1"], ["2"]], ("a",))}, {"t": table(["b"], [["3"]], ("b",))})
    assert str(found.rows["t"]) == "1 added, 2 removed"


def test_a_row_that_others_still_referred_to_was_combined_or_split_which_is_major() -> None:
    old = {"lamps": lamps(), "keepers": keepers()}
    merged = {"lamps": lamps(rows=LAMPS[1:]), "keepers": keepers([["k1", "b"], ["k2", "b"], ["k3", None]])}
    assert [
        (change.kind, change.level, change.key) for change in between(old, merged).changes if change.kind == "row_removed"
    ] == [("row_removed", "major", "a")]
    gone = {"lamps": lamps(rows=LAMPS[1:]), "keepers": keepers(KEEPERS[1:])}
    assert between(old, gone).level == "patch"
    unused = {"lamps": lamps(rows=LAMPS[:2]), "keepers": keepers()}
    assert between(old, unused).level == "patch"


def test_a_row_that_goes_on_under_another_id_was_not_combined() -> None:
    old = {"lamps": lamps(), "keepers": keepers()}
    new = {"lamps": lamps(rows=[["z", "North", "1"], *LAMPS[1:]]), "keepers": keepers([["k1", "z"], *KEEPERS[1:]])}
    found = between(old, new)
    assert [(item.table, item.old_id, item.new_id, item.same) for item in found.ids] == [("lamps", "a", "z", "values")]
    assert [(change.level, change.kind, change.key) for change in found.changes] == [
        ("patch", "value_changed", "k1"), ("patch", "row_removed", "a"), ("minor", "row_added", "z"),
    ]  # fmt: skip


# Properties: random tables, random changes, and nothing but these

CELL = (
    st.none()
    | st.text('ab,"\n\r=文 ', min_size=1, max_size=4)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=3)
)
WORD = st.text('abc:,[]"-é文', min_size=1, max_size=4)


@st.composite
def states(draw: st.DrawFn) -> tuple[list[str], list[str], Rows, Rows]:
    """Key columns, other columns, and two states of the rows, of which many are the same."""
    keys = [f"k{number}" for number in range(draw(st.integers(1, 2)))]
    names = [f"v{number}" for number in range(draw(st.integers(0, 3)))]
    row = st.fixed_dictionaries(dict.fromkeys(names, CELL))
    old: Rows = draw(st.dictionaries(st.tuples(*(WORD for _ in keys)), row, max_size=8))
    new: Rows = {key: dict(cells) for key, cells in old.items() if draw(st.integers(0, 3))}
    for key in new:
        for name in names:
            if not draw(st.integers(0, 3)):
                new[key][name] = draw(CELL)
    new |= draw(st.dictionaries(st.tuples(*(WORD for _ in keys)), row, max_size=3))
    return keys, names, old, new


def as_edition(keys: list[str], names: list[str], rows: Rows, shuffle: Callable[[list[Any]], Any], version: str) -> Edition:
    cells = [[*key, *(values[name] for name in names)] for key, values in rows.items()]
    shuffle(cells)
    return edition(version, t=table([*keys, *names], cells, keys))


def key_shown(key: tuple[str, ...]) -> str:
    return key[0] if len(key) == 1 else json.dumps(key, ensure_ascii=False, separators=(",", ":"))


@given(states(), st.randoms(use_true_random=False))
def test_the_diff_lists_exactly_what_was_changed(state: Any, random: Any) -> None:
    keys, names, old, new = state
    found = diff(as_edition(keys, names, old, random.shuffle, "1.0.0"), as_edition(keys, names, new, random.shuffle, "1.0.1"))
    wanted = {("row_removed", key_shown(key), None, None, None) for key in old.keys() - new.keys()}
    wanted |= {("row_added", key_shown(key), None, None, None) for key in new.keys() - old.keys()}
    wanted |= {
        ("value_changed", key_shown(key), name, old[key][name], new[key][name])
        for key in old.keys() & new.keys() for name in names if old[key][name] != new[key][name]
    }  # fmt: skip
    told = [
        (change.kind, change.key, change.column, *((None, None) if change.column is None else (change.old, change.new)))
        for change in found.changes
    ]
    assert set(told) == wanted
    assert len(told) == len(wanted)
    assert bool(found.changes) == (old != new)
    assert (found.level is None) == (old == new)


@given(states())
def test_the_old_rows_and_the_diff_make_the_new_rows(state: Any) -> None:
    keys, names, old, new = state
    found = diff(as_edition(keys, names, old, list, "1.0.0"), as_edition(keys, names, new, list, "1.0.1"))
    rows = {key_shown(key): dict(cells) for key, cells in old.items()}
    for change in found.changes:
        assert change.key is not None
        if change.kind == "row_removed":
            assert dict.fromkeys(names) | json.loads(change.old or "{}") == rows.pop(change.key)
        elif change.kind == "row_added":
            rows[change.key] = dict.fromkeys(names) | json.loads(change.new or "{}")
        else:
            assert rows[change.key][str(change.column)] == change.old
            rows[change.key][str(change.column)] = change.new
    assert rows == {key_shown(key): cells for key, cells in new.items()}


@given(states())
def test_a_package_does_not_differ_from_itself(state: Any) -> None:
    keys, names, old, _ = state
    assert diff(as_edition(keys, names, old, list, "1.0.0"), as_edition(keys, names, old, list.reverse, "1.0.0")) == Diff(
        "1.0.0", "1.0.0", ()
    )


def test_every_kind_has_a_level_and_words() -> None:
    assert {level for level, _ in KINDS.values()} == set(LEVELS)
    assert set(ROWS) <= set(KINDS)


# What cannot be compared


def test_a_damaged_release_is_one_line(tmp_path: Path) -> None:
    write_package(package(lamps=lamps()), tmp_path / "old")
    (tmp_path / "old/csv/lamps.csv").write_bytes(b"id,name,height\n")
    with pytest.raises(IntegrityError, match=r"csv/lamps\.csv: is not the file that SHA256SUMS lists"):
        diff(Edition.open(tmp_path / "old"), edition(lamps=lamps(rows=LAMPS[1:])))


@pytest.mark.parametrize(
    ("csv", "told"),
    [
        (b"id,title,height\na,b,1\n", "has other columns"),
        (b"id,name,height\na,b\n", "cannot be read"),
        (b"", "cannot be read"),
        (b"id,name,height\na,\xff,1\n", "cannot be read"),
    ],
)
def test_a_table_that_is_not_as_described_is_one_line(csv: bytes, told: str) -> None:
    old = Edition.of({**package(lamps=lamps()), "csv/lamps.csv": csv})
    with pytest.raises(ValidationError, match=told) as caught:
        diff(old, edition(lamps=lamps()))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("damage", ["missing", "nonsense", "lost"])
def test_a_package_without_a_descriptor_is_one_line(damage: str) -> None:
    files = package(lamps=lamps())
    if damage == "missing":
        del files["datapackage.json"]
    elif damage == "nonsense":
        files["datapackage.json"] = b"[" * 100_000
    else:
        del files["csv/lamps.csv"]
    with pytest.raises(ValidationError):
        diff(Edition.of(files), edition(lamps=lamps()))
