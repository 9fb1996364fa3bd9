"""At first sight an utterance becomes the commitment or the call that it expresses.

The identifier comes from that first utterance and is kept when later statements say the same again. Its fields are
those of the utterance and the narrower concepts below them that the action names.
"""

from ontology.event_codes import event_code
from ontology.identifiers import call_iri, commitment_iri
from ontology.records import Act, Call, Commitment, Utterance
from ontology.taxonomy import broader, named
from ontology.terms import Kind


def minted(utterance: Utterance) -> Act:
    """The act of which this utterance is the first expression."""
    code = event_code(utterance.kind, utterance.fields, negated=utterance.negated)
    fields = _refined(utterance)
    if utterance.kind is Kind.CALL:
        return Call(
            iri=call_iri(utterance.iri),
            action=utterance.action,
            date=utterance.statement.date,
            actors=utterance.actors,
            counterparts=utterance.counterparts,
            fields=fields,
            negated=utterance.negated,
            initiatives=utterance.initiatives,
            plover=code.plover,
            cameo=code.cameo,
            utterances=(utterance,),
        )
    return Commitment(
        iri=commitment_iri(utterance.iri),
        kind=utterance.kind,
        action=utterance.action,
        date=utterance.statement.date,
        actors=utterance.actors,
        counterparts=utterance.counterparts,
        fields=fields,
        force=utterance.force,
        negated=utterance.negated,
        initiatives=utterance.initiatives,
        plover=code.plover,
        cameo=code.cameo,
        utterances=(utterance,),
    )


def _refined(utterance: Utterance) -> tuple[str, ...]:
    """A label alone may be mentioned in passing, so it counts only below a field that the act is in anyway."""
    narrower = {slug for slug in named(utterance.action) if broader(slug) & set(utterance.fields)}
    return (*utterance.fields, *narrower)
