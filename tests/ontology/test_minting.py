"""An utterance becomes a commitment or a call, in its own fields and the narrower ones that the action names."""

from ontology.identifiers import actor_iri, sha256, statement_iri, utterance_iri
from ontology.minting import minted
from ontology.records import Actor, Call, Commitment, Statement, Utterance
from ontology.terms import ActorType, Force, Kind

TEXT = "Ruritania will train border police to stop terrorist financing."
ACTION = "train border police to stop terrorist financing"


def utterance(kind: Kind, *fields: str) -> Utterance:
    statement = Statement(
        iri=statement_iri(TEXT), document="ruritania", sha256=sha256(TEXT), date="2024-03-01", text=TEXT
    )
    start = TEXT.index(ACTION)
    return Utterance(
        iri=utterance_iri(statement.iri, start, start + len(ACTION), kind),
        statement=statement,
        kind=kind,
        actors=(Actor(iri=actor_iri("Ruritania"), name="Ruritania", type=ActorType.STATE),),
        action=ACTION,
        start=start,
        end=start + len(ACTION),
        quote=TEXT,
        quote_start=0,
        fields=fields,
        force=Force.FIRM,
        rule="subject",
        extractor="hand",
        confidence=1.0,
    )


def test_a_commitment_keeps_what_was_said() -> None:
    said = utterance(Kind.PLEDGE, "security")
    act = minted(said)
    assert isinstance(act, Commitment)
    assert (act.kind, act.action, act.date, act.actors, act.utterances) == (
        Kind.PLEDGE,
        ACTION,
        "2024-03-01",
        said.actors,
        (said,),
    )


def test_a_call_is_no_commitment() -> None:
    assert isinstance(minted(utterance(Kind.CALL, "security")), Call)


def test_an_act_is_in_the_narrower_fields_that_it_names() -> None:
    assert minted(utterance(Kind.PLEDGE, "security")).fields == ("security", "terrorist-financing")


def test_a_field_named_in_passing_does_not_count() -> None:
    assert minted(utterance(Kind.PLEDGE, "society")).fields == ("society",)
