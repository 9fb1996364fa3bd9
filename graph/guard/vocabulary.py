"""The words that may stand in a statement, and why others may not."""

from typing import Final, NamedTuple

# fmt: off
KEYWORDS: Final = frozenset({
    "ALL", "AND", "AS", "ASC", "ASCENDING", "BY", "CALL", "CASE", "CONTAINS", "DESC", "DESCENDING", "DISTINCT", "ELSE",
    "END", "ENDS", "FALSE", "IN", "IS", "LIMIT", "MATCH", "NOT", "NULL", "OFFSET", "OPTIONAL", "OR", "ORDER", "RETURN",
    "SKIP", "STARTS", "THEN", "TRUE", "UNION", "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD",
})
"""What the grammar knows as keywords. They name variables only in backticks; labels and keys need none."""

SUBQUERIES: Final = frozenset({"COUNT", "EXISTS", "COLLECT"})
QUANTIFIERS: Final = frozenset({"ALL", "ANY", "NONE", "SINGLE"})
SHORTEST: Final = {"shortestpath": "shortestPath", "allshortestpaths": "allShortestPaths"}

_FUNCTIONS: Final = (
    # of rows
    "avg", "collect", "count", "max", "min", "percentileCont", "percentileDisc", "stDev", "stDevP", "sum",
    # of values
    "coalesce", "elementId", "exists", "head", "id", "isEmpty", "keys", "labels", "last", "length", "nodes",
    "nullIf", "properties", "range", "relationships", "reverse", "size", "startNode", "endNode", "tail", "type",
    "valueType",
    "toBoolean", "toBooleanOrNull", "toFloat", "toFloatOrNull", "toInteger", "toIntegerOrNull", "toString",
    "toStringOrNull", "toBooleanList", "toFloatList", "toIntegerList", "toStringList",
    # of numbers
    "abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "cot", "degrees", "e", "exp", "floor", "haversin", "isNaN",
    "log", "log10", "pi", "radians", "rand", "round", "sign", "sin", "sqrt", "tan",
    # of strings
    "btrim", "char_length", "character_length", "left", "lower", "ltrim", "normalize", "replace", "right", "rtrim",
    "split", "substring", "toLower", "toUpper", "trim", "upper",
    # of time
    "date", "date.realtime", "date.statement", "date.transaction", "date.truncate",
    "datetime", "datetime.fromEpoch", "datetime.fromEpochMillis", "datetime.realtime", "datetime.statement",
    "datetime.transaction", "datetime.truncate",
    "localdatetime", "localdatetime.realtime", "localdatetime.statement", "localdatetime.transaction",
    "localdatetime.truncate",
    "localtime", "localtime.realtime", "localtime.statement", "localtime.transaction", "localtime.truncate",
    "time", "time.realtime", "time.statement", "time.transaction", "time.truncate",
    "duration", "duration.between", "duration.inDays", "duration.inMonths", "duration.inSeconds",
    "timestamp",
    # of space
    "point", "point.distance", "point.withinBBox",
)
# fmt: on
FUNCTIONS: Final = {name.lower(): name for name in _FUNCTIONS}
"""The functions that may be called, by their names in lower case. They compute; none reads, writes or waits."""

AGGREGATES: Final = frozenset(
    ("avg", "collect", "count", "max", "min", "percentilecont", "percentiledisc", "stdev", "stdevp", "sum")
)


class Procedure(NamedTuple):
    """A procedure without arguments, and the one column that it yields."""

    name: str
    column: str


PROCEDURES: Final = {
    procedure.name.lower(): procedure
    for procedure in (
        Procedure("db.labels", "label"),
        Procedure("db.relationshipTypes", "relationshipType"),
        Procedure("db.propertyKeys", "propertyKey"),
    )
}
"""The procedures that may be called, by their names in lower case: they tell what there is, on every back end."""

_WRITES: Final = "changes the graph, and only reading is possible here; load statements with `pledgegraph load`"
_ADMINISTERS: Final = "administers a server, which is not possible here"
_FETCHES: Final = "reads files or addresses, which is not possible here"
_ADMINISTRATION: Final = (
    "DROP", "ALTER", "SHOW", "GRANT", "REVOKE", "DENY", "RENAME", "START", "STOP", "TERMINATE", "ENABLE", "DEALLOCATE",
    "REALLOCATE", "DRYRUN", "BEGIN", "COMMIT", "ROLLBACK", "TRUNCATE", "IMPERSONATE",
)  # fmt: skip
CLAUSES: Final = {
    **dict.fromkeys(("CREATE", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "INSERT", "FOREACH"), _WRITES),
    **dict.fromkeys(("LOAD", "CSV", "COPY", "IMPORT", "PERIODIC"), _FETCHES),
    **dict.fromkeys(_ADMINISTRATION, _ADMINISTERS),
    "USE": "chooses a database, and there is only this one; leave it out",
    "EXPLAIN": "asks for a plan and gives no rows; leave it out",
    "PROFILE": "asks for a plan; leave it out",
    "CYPHER": "sets options of the planner; begin with the first clause",
    "USING": "gives hints to the planner, which are not passed on; leave them out",
    "FINISH": "returns nothing; end with RETURN",
    "SELECT": "is SQL; write MATCH ... RETURN ...",
    "FILTER": "is no clause here; write WITH * WHERE ...",
    "LET": "is no clause here; write WITH *, expression AS name",
    "FOR": "is no clause here; write UNWIND list AS name",
    "TRANSACTIONS": "splits a write into transactions, and only reading is possible here",
    "GRAPH": "chooses a graph, and there is only this one; leave it out",
}
"""Words that begin what is not in the grammar, and what to say of them."""
