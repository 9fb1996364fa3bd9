"""Acts are marked where they stand: side by side, within each other, over the end of a line."""

from dataclasses import replace

from api.explorer.marking import marked, paragraphs, quoted
from ontology.identifiers import statement_iri
from ontology.records import Act

TEXT = "One two three.\n\nFour five\nsix seven.\n"


def acts_at(acts: tuple[Act, ...], *places: tuple[int, int]) -> tuple[Act, ...]:
    """Acts with one utterance each, at these places of `TEXT`."""
    found = []
    for number, (start, end) in enumerate(places):
        (said,) = acts[0].utterances
        statement = replace(said.statement, iri=statement_iri(TEXT))
        said = replace(said, iri=f"https://example.org/{number}", statement=statement, start=start, end=end)
        found.append(replace(acts[0], iri=f"https://example.org/act/{number}", utterances=(said,)))
    return tuple(found)


def drawn(acts: tuple[Act, ...]) -> list[str]:
    """The lines of `TEXT` with the number of the act in front of each marked piece."""
    lines = paragraphs(TEXT, marked(acts, statement_iri(TEXT)))
    return [
        "".join(f"<{piece.mark.act.iri[-1]}:{piece.text}>" if piece.mark else piece.text for piece in pieces)
        for pieces in lines
    ]


def test_without_acts_the_text_stays_as_it_is() -> None:
    assert drawn(()) == ["One two three.", "Four five", "six seven."]


def test_acts_side_by_side(held) -> None:
    assert drawn(acts_at(held.acts, (0, 3), (4, 7))) == ["<0:One> <1:two> three.", "Four five", "six seven."]


def test_the_shortest_wins_where_acts_overlap(held) -> None:
    assert drawn(acts_at(held.acts, (0, 13), (4, 7)))[0] == "<0:One ><1:two><0: three>."
    assert drawn(acts_at(held.acts, (0, 7), (4, 13)))[0] == "<0:One ><0:two><1: three>."


def test_an_act_goes_on_in_the_next_line(held) -> None:
    acts = acts_at(held.acts, (21, 29))
    assert drawn(acts) == ["One two three.", "Four <0:five>", "<0:six> seven."]
    begins = [piece for line in paragraphs(TEXT, marked(acts, statement_iri(TEXT))) for piece in line if piece.begins]
    assert [piece.text for piece in begins] == ["five"]


def test_every_character_is_kept(held) -> None:
    acts = acts_at(held.acts, (0, 30), (2, 9), (4, 22), (21, 29))
    lines = paragraphs(TEXT, marked(acts, statement_iri(TEXT)))
    assert ["".join(piece.text for piece in line) for line in lines] == [line for line in TEXT.splitlines() if line]


def test_a_quote_has_its_action_in_the_middle(held) -> None:
    for act in held.acts:
        (said,) = act.utterances
        before, action, after = quoted(said)
        assert action == act.action
        assert before + action + after == said.quote
