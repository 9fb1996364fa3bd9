"""The formats in which the commands print and write."""

from enum import StrEnum


class ActFormat(StrEnum):
    """How `extract` prints acts."""

    JSONL = "jsonl"
    TURTLE = "turtle"
    TABLE = "table"


class AnswerFormat(StrEnum):
    """How `ask` prints an answer."""

    TABLE = "table"
    JSON = "json"
    TURTLE = "turtle"
    CSV = "csv"


class GraphFormat(StrEnum):
    """What `export` writes."""

    TURTLE = "turtle"
    JSONLD = "jsonld"
    NQUADS = "nquads"
    CSV = "csv"
    GRAPHML = "graphml"
    GEXF = "gexf"
    PARQUET = "parquet"
