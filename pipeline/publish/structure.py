"""Tables against the Table Schema that a release carries: columns, types, constraints, keys, and CSV against Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from pipeline.publish.cells import writer_of
from pipeline.publish.descriptor import PARQUET, Constraints, ForeignKey, Resource, TableSchema, names


def structure_faults(resources: Mapping[str, Resource], tables: Mapping[str, pa.Table]) -> Iterator[str]:
    """One line for each column, value or key that is not as described. resources: the Parquet ones, by table name."""
    sound: dict[str, TableSchema] = {}
    for name, table in sorted(tables.items()):
        schema = resources[name].schema
        if schema is None:
            continue
        if columns := list(_column_faults(name, schema, table)):
            yield from columns
            continue
        sound[name] = schema
        for item in schema.fields:
            where = f"{name}.{item.name}"
            try:
                yield from _constraint_faults(where, item.constraints, table.column(item.name))
            except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
                yield f"{where}: its constraints cannot be read: {' '.join(str(error).split())[:120]}"
        if key := names(schema.primary_key):
            yield from _primary_faults(name, key, table)
    for name, schema in sound.items():
        for foreign in schema.foreign_keys:
            yield from _foreign_faults(name, foreign, {known: tables[known] for known in sound})


def _column_faults(name: str, schema: TableSchema, table: pa.Table) -> Iterator[str]:
    described = [item.name for item in schema.fields]
    if table.column_names != described:
        odd = sorted(set(described) ^ set(table.column_names))
        yield f"{name}: has other columns than described" + (f": {', '.join(odd)[:120]}" if odd else ", in another order")
        return
    for item in schema.fields:
        try:
            kind = writer_of(table.schema.field(item.name).type)[0]
        except ValueError:
            kind = str(table.schema.field(item.name).type)
        if kind != item.type:
            yield f"{name}.{item.name}: is {kind}, described as {item.type}"


def _constraint_faults(where: str, rule: Constraints, column: pa.ChunkedArray) -> Iterator[str]:
    values = column.drop_null()
    if rule.required and column.null_count:
        yield f"{where}: is null in {column.null_count} rows"
    if rule.unique and pc.count_distinct(values).as_py() != len(values):
        yield f"{where}: is not unique"
    bad, told = None, ""
    if rule.enum is not None:
        told = "is not one of its codes"
        bad = pc.invert(pc.is_in(values, value_set=pa.array(rule.enum).cast(values.type)))
    elif rule.pattern is not None and pa.types.is_string(values.type):
        told = "does not match its pattern"
        bad = pc.invert(pc.match_substring_regex(values, f"^(?:{rule.pattern})$"))
    if bad is not None and pc.any(bad).as_py():
        yield f"{where}: {values.filter(bad)[0].as_py()!r} {told}, {pc.sum(bad).as_py()} rows in all"
    if pa.types.is_integer(values.type) or pa.types.is_floating(values.type):
        if rule.minimum is not None and pc.any(pc.less(values, rule.minimum)).as_py():
            yield f"{where}: {pc.min(values).as_py()} is less than {rule.minimum}"
        if rule.maximum is not None and pc.any(pc.greater(values, rule.maximum)).as_py():
            yield f"{where}: {pc.max(values).as_py()} is more than {rule.maximum}"


def _key_values(table: pa.Table, columns: list[str]) -> list[tuple[object, ...]]:
    return list(zip(*(table.column(name).to_pylist() for name in columns), strict=True))


def _primary_faults(name: str, key: list[str], table: pa.Table) -> Iterator[str]:
    values = _key_values(table, key)
    if any(None in value for value in values):
        yield f"{name}: its primary key {', '.join(key)} is null in a row"
    if len(set(values)) != len(values):
        seen: set[tuple[object, ...]] = set()
        twice = next(value for value in values if value in seen or seen.add(value))  # type: ignore[func-returns-value]
        yield f"{name}: its primary key {', '.join(key)} is {twice} in two rows"


def _foreign_faults(name: str, foreign: ForeignKey, tables: Mapping[str, pa.Table]) -> Iterator[str]:
    target = foreign.reference.resource.removesuffix(PARQUET) or name
    own, theirs = names(foreign.fields), names(foreign.reference.fields)
    if target not in tables or set(theirs) - set(tables[target].column_names):
        yield f"{name}: a foreign key refers to {target}.{', '.join(theirs)}, which is not there"
        return
    there = set(_key_values(tables[target], theirs))
    lost = [value for value in _key_values(tables[name], own) if None not in value and value not in there]
    if lost:
        yield f"{name}.{', '.join(own)}: {len(lost)} rows refer to a row of {target} that is not there, such as {lost[0]}"


def twin_faults(resources: Mapping[str, Resource], files: Mapping[str, bytes], tables: Mapping[str, pa.Table]) -> Iterator[str]:
    """One line for each table whose CSV does not hold the values of its Parquet. resources: the CSV ones, by table name."""
    for name, table in sorted(tables.items()):
        path = resources[name].path
        try:
            twin = read_csv(files[path], table.schema)
        except (pa.ArrowException, OSError, ValueError) as error:
            yield f"{path}: cannot be read: {' '.join(str(error).split())[:160]}"
            continue
        if twin.column_names != table.column_names:
            yield f"{path}: has other columns than its Parquet"
        elif twin.num_rows != table.num_rows:
            yield f"{path}: has {twin.num_rows:,} rows, its Parquet {table.num_rows:,}"
        else:
            yield from (f"{path}: {fault}" for fault in _cell_faults(twin, table))


def _cell_faults(twin: pa.Table, table: pa.Table) -> Iterator[str]:
    """The first row of each column where two tables of one shape differ."""
    for column in table.column_names:
        if not twin.column(column).equals(table.column(column)):
            pairs = zip(twin.column(column).to_pylist(), table.column(column).to_pylist(), strict=True)
            row = next((number for number, (one, other) in enumerate(pairs, start=1) if one != other), 0)
            yield f"row {row}: {column} is not what Parquet holds"


def read_csv(data: bytes, schema: pa.Schema) -> pa.Table:
    """A CSV table read to an Arrow schema by Arrow's own reader; an empty cell is null. Raises pa.ArrowInvalid."""
    return pv.read_csv(
        io.BytesIO(data),
        read_options=pv.ReadOptions(use_threads=False, block_size=max(len(data), 1) + 1, encoding="utf8"),
        parse_options=pv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        convert_options=pv.ConvertOptions(
            column_types={item.name: item.type for item in schema}, null_values=[""], true_values=["true"],
            false_values=["false"], strings_can_be_null=True, quoted_strings_can_be_null=False,
        ),
    ).replace_schema_metadata(None)  # fmt: skip
