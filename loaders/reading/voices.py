"""Whose words: a voice, the words by which somebody is said to speak, and where quotations stand."""

import re
from dataclasses import dataclass

from loaders.reading.passages import paragraphs
from ontology.records import Actor

SAY = (
    r"(?:said|says?|told|tells|stated|states|added|adds|noted|notes|stressed|stresses|explained|explains|declared"
    r"|declares|remarked|announced|warned|vowed|insisted|emphasi[sz]ed|commented|continued|concluded|replied|argued"
    r"|reiterated|underlined|underscored|affirmed|reaffirmed|pointed\s+out|asked|claimed|observed|wrote|pledged"
    r"|promised|urged|cautioned|disclosed|revealed|recalled|quipped|assured|responded|tweeted|expressed|confirmed"
    r"|maintained|according|admitted|hoped)"
)
_MARK = re.compile(r"[“”\"]")
_WORDS = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a stretch of text is: the party that speaks, and the person if there is one."""

    actors: tuple[Actor, ...]
    person: str | None
    source: str


def quotations(text: str) -> list[tuple[int, int]]:
    """Where quotations of more than a few words stand; one that is not closed ends with its paragraph."""
    found: list[tuple[int, int]] = []
    for paragraph in paragraphs(text):
        opened: int | None = None
        for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
            if mark.group() == "“" or (mark.group() == '"' and opened is None):
                opened = mark.end()
            elif opened is not None:
                found.append((opened, mark.start()))
                opened = None
        if opened is not None:
            found.append((opened, paragraph.end))
    return [(start, end) for start, end in found if text.count(" ", start, end) >= _WORDS]
