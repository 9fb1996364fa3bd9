"""Rows are counted right in every format, whatever values look like, and however the bytes are cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, Store

from graph.sparql.rows import COUNTS

TRICKY = ['"', "\\", '\\"', '},{"', "[{", "}},{", "a\r\nb", "<result>", "\t", ""]
VALUES = st.lists(st.one_of(st.none(), st.text(max_size=8), st.sampled_from(TRICKY)), max_size=6)


def row(value: str | None) -> str:
    """A row with this value, or with none at all."""
    if value is None:
        return "{ }"
    return "{ BIND('" + "".join(f"\\U{ord(each):08X}" for each in value) + "' AS ?b) }"


@pytest.mark.parametrize("media", COUNTS)
@settings(max_examples=60, deadline=None)
@given(values=VALUES, cut=st.integers(1, 12))
def test_rows_are_counted(media: str, values: list[str | None], cut: int) -> None:
    rows = " UNION ".join(map(row, values)) or "FILTER(false)"
    solutions = Store().query(f"SELECT ?a ?b {{ {rows} }}")
    written = solutions.serialize(format=QueryResultsFormat.from_media_type(media))
    count, counted = COUNTS[media](), 0
    for start in range(0, len(written), cut):
        counted = count(written[start : start + cut])
    assert counted == len(values)
